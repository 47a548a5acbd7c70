/**
 * What a person reads about a result: rules with cost and coverage, the model as a table, one pair explained.
 *
 * In:  a result. Out: lines of text, 100 columns at most. Cells stand only in the explanation that was asked for.
 */
import { BiduiError, EXIT } from '../../errors.ts'
import { probabilityOf } from '../../linking/people.ts'
import type { DependentModel } from '../model/dependence.ts'
import { companionBits, evidenceOf } from '../model/evidence.ts'
import { edgeLogOf } from '../model/trees.ts'
import { number, percent, type TableResult } from '../engine.ts'
import { columnOf } from '../fields/fields.ts'
import type { Table } from '../read/read-table.ts'
import type { TableSpec } from '../spec/spec.ts'
import type { TruthMeasure } from './truth.ts'

/** The rules in the order in which pairs are credited; those whose pairs other rules had already are only counted. */
export function ruleLines(result: TableResult): string[] {
  const lines = [`${'blocking rule'.padEnd(58)}${'pairs'.padStart(12)}${'new'.padStart(12)}${'finds'.padStart(9)}`]
  let idle = 0
  result.proposal.rules.forEach(({ blocks, coverage }, r) => {
    const added = result.pairsByRule[r]
    if (added === 0) idle++
    else
      lines.push(
        `${blocks.name.slice(0, 57).padEnd(58)}${number(blocks.pairs).padStart(12)}${number(added).padStart(12)}${percent(coverage).padStart(9)}`,
      )
    const about = added === 0 ? `    ${blocks.name}: ` : '    '
    if (blocks.blocksSplit > 0)
      lines.push(`${about}${number(blocks.blocksSplit)} blocks were too large and split by a further key`)
    if (blocks.rowsLeftOut > 0)
      lines.push(`${about}${number(blocks.rowsLeftOut)} rows stayed in too large a block: left to the other rules`)
  })
  if (idle > 0) lines.push(`and ${idle} more whose pairs these had: summary.json lists all`)
  return lines
}

export function modelLines(result: TableResult): string[] {
  const { model, comparisons } = result
  const lines = [
    `prior: one true pair in ${number(Math.round(1 / model.lambda))}; ${model.converged ? `converged after ${model.iterations} iterations` : `NOT converged after ${model.iterations} iterations: probabilities may still move`}`,
  ]
  if (model.companions !== undefined)
    lines.push(
      `companions (share a home, a maker, an album, and are not one): one in ${number(Math.round(1 / model.companions.share))} of all other pairs`,
    )
  const given = (parent: number) => (parent < 0 ? '' : ` given ${comparisons[parent].name}`)
  comparisons.forEach((comparison, c) => {
    lines.push(
      '',
      `${comparison.name} (${comparison.kind}; matches${given(model.matches.parents[c]) || ' alone'}, strangers${given(model.strangers.parents[c]) || ' alone'})`,
      `  ${'level'.padEnd(34)}${'m'.padStart(12)}${'u'.padStart(12)}${'weight'.padStart(9)}`,
    )
    comparison.levels.forEach((level, l) => {
      if (l === 0) return
      const [m, u] = [model.matches.marginals[c][l], model.strangers.marginals[c][l]]
      lines.push(
        `  ${level.padEnd(34)}${m.toPrecision(3).padStart(12)}${u.toPrecision(3).padStart(12)}${Math.log2(m / u)
          .toFixed(2)
          .padStart(9)}`,
      )
    })
  })
  return lines
}

/** The tables that were compared, and what their columns hold. */
interface ComparedTables {
  readonly left: Table
  readonly right: Table | undefined
  readonly spec: TableSpec
}

/** Prior, one row per comparison, total: the rows add up to the total. */
export function explanationLines(
  result: TableResult,
  tables: ComparedTables,
  leftId: string,
  rightId: string,
): string[] {
  const { model, comparisons } = result
  const [a, b] = rowsOf(result, tables, leftId, rightId)
  const columns = tables.spec.columns.filter((column) => column.kind !== 'ignore')
  const levels = Uint8Array.from(comparisons, (comparison) => comparison.levelOf(a, b))
  const prior = Math.log2(model.lambda / (1 - model.lambda))
  const lines = [partLine('prior', `one true pair in ${number(Math.round(1 / model.lambda))}`, prior)]
  let total = prior
  comparisons.forEach((comparison, c) => {
    const weight = edgeLogOf(model.matches, levels, 0, c) - edgeLogOf(model.strangers, levels, 0, c)
    total += weight
    const column = columns[comparison.field]
    const cells = `${cellOf(result, tables, a, column)} / ${cellOf(result, tables, b, column)}`
    lines.push(partLine(comparison.name, `${cells.padEnd(38)} ${comparison.levels[levels[c]]}`, weight))
  })
  const weight = result.weightOf(a, b)
  for (const part of partsOfThePair(model, levels, total, weight)) {
    lines.push(partLine(part.name, part.text, part.bits))
    total += part.bits
  }
  lines.push(
    `${'total'.padEnd(88)}${signed(total)}`,
    `probability ${probabilityOf(weight).toFixed(6)}; ${result.clusterOf[a] === result.clusterOf[b] ? 'joined' : 'not joined'}`,
  )
  return lines
}

function partLine(name: string, text: string, bits: number): string {
  return `${name.padEnd(18)}${text.padEnd(70)}${signed(bits)}`
}

function signed(bits: number): string {
  return `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`.padStart(7)
}

/** The rows that bear two record identifiers, in the order in which pairs are compared. */
function rowsOf(
  { fields: { recordIds, leftCount, rowCount } }: TableResult,
  { left, right }: ComparedTables,
  leftId: string,
  rightId: string,
): [number, number] {
  const rowOf = (id: string, from: number, to: number, side: string): number => {
    for (let row = from; row < to; row++) if (recordIds[row] === id) return row
    throw new BiduiError(
      'E517',
      EXIT.usage,
      `--explain: ${side} 中没有记录 ${id} · there is no record ${id} in ${side}.`,
    )
  }
  const a = rowOf(leftId, 0, leftCount, left.name)
  const b =
    right === undefined ? rowOf(rightId, 0, rowCount, left.name) : rowOf(rightId, leftCount, rowCount, right.name)
  return a > b ? [b, a] : [a, b]
}

/** A cell as it stands in the file. */
function cellOf(
  { fields: { leftCount, fileRow } }: TableResult,
  { left, right }: ComparedTables,
  row: number,
  column: { left: string; right: string },
): string {
  const isRight = row >= leftCount && right !== undefined
  const { cells, codes } = columnOf(isRight ? right : left, isRight ? column.right : column.left, 'explain')
  return cells[codes[fileRow[row]]]
}

/** Bits below which a part is not shown: all lines are of one place after the point. */
const SHOWN_LEAST = 0.01

/** What is said of the pair as a whole, after its columns: companions, the bound on what differs, variants of one thing. */
function partsOfThePair(model: DependentModel, levels: Uint8Array, ofColumns: number, weight: number) {
  const companions = companionBits(model, levels, 0)
  const prior = Math.log2(model.lambda / (1 - model.lambda))
  const withoutVariants = prior + evidenceOf(model, levels, 0)
  const isCompanion = companions > SHOWN_LEAST
  const text = {
    companions: 'shared by members of one home, who are not one person',
    bound: 'columns that differ together count for no more than this',
    variants: 'a mark contradicts, as it does in variants of one thing',
  }
  return [
    { name: 'companions', text: text.companions, bits: isCompanion ? -companions : 0 },
    { name: 'bound', text: text.bound, bits: withoutVariants - (ofColumns - (isCompanion ? companions : 0)) },
    { name: 'variants', text: text.variants, bits: weight / 1000 - withoutVariants },
  ].filter(({ bits }) => Math.abs(bits) > SHOWN_LEAST)
}

export function truthLines(truth: TruthMeasure): string[] {
  const show = (value: number) => value.toFixed(4)
  return [
    `${number(truth.truePairs)} true pairs, ${number(truth.linkedPairs)} linked, ${number(truth.foundPairs)} of them true`,
    `pairs      precision ${show(truth.precision)}  recall ${show(truth.recall)}  F1 ${show(truth.f1)}`,
    `B³         precision ${show(truth.bCubedPrecision)}  recall ${show(truth.bCubedRecall)}  F1 ${show(truth.bCubedF1)}`,
    `to review  ${number(truth.reviewPairs)} pairs, ${number(truth.reviewTrue)} of them true`,
  ]
}
