/**
 * What a person reads about a result: rules with cost and coverage, the model as a table, one pair explained.
 *
 * In:  a result. Out: lines of text, 100 columns at most. Cells stand only in the explanation that was asked for.
 */
import { BiduiError, EXIT } from '../../errors.ts'
import { probabilityOf } from '../../linking/people.ts'
import { companionBits, evidenceOf } from '../model/evidence.ts'
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

/** Prior, one row per comparison, total: the rows add up to the total. */
export function explanationLines(
  result: TableResult,
  left: Table,
  right: Table | undefined,
  spec: TableSpec,
  leftId: string,
  rightId: string,
): string[] {
  const { fields, model, comparisons } = result
  const rowOf = (id: string, from: number, to: number, side: string): number => {
    for (let row = from; row < to; row++) if (fields.recordIds[row] === id) return row
    throw new BiduiError(
      'E517',
      EXIT.usage,
      `--explain: ${side} 中没有记录 ${id} · there is no record ${id} in ${side}.`,
    )
  }
  let a = rowOf(leftId, 0, fields.leftCount, left.name)
  let b =
    right === undefined
      ? rowOf(rightId, 0, fields.rowCount, left.name)
      : rowOf(rightId, fields.leftCount, fields.rowCount, right.name)
  if (a > b) [a, b] = [b, a]
  const cellOf = (row: number, column: { left: string; right: string }) => {
    const isRight = row >= fields.leftCount && right !== undefined
    const table = isRight ? right : left
    const found = columnOf(table, isRight ? column.right : column.left, 'explain')
    return found.cells[found.codes[fields.fileRow[row]]]
  }
  const levels = comparisons.map((comparison) => comparison.levelOf(a, b))
  const show = (weight: number) => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`.padStart(7)
  const prior = Math.log2(model.lambda / (1 - model.lambda))
  const lines = [
    `${'prior'.padEnd(18)}${`one true pair in ${number(Math.round(1 / model.lambda))}`.padEnd(70)}${show(prior)}`,
  ]
  const columns = spec.columns.filter((column) => column.kind !== 'ignore')
  let total = prior
  comparisons.forEach((comparison, c) => {
    const level = levels[c]
    const part = (tree: typeof model.matches) => {
      if (level === 0) return 0
      const parent = tree.parents[c]
      return tree.tables[c][(parent < 0 ? 0 : levels[parent]) * tree.marginals[c].length + level]
    }
    const weight = part(model.matches) - part(model.strangers)
    total += weight
    const cells = `${cellOf(a, columns[comparison.field])} / ${cellOf(b, columns[comparison.field])}`
    lines.push(`${comparison.name.padEnd(18)}${cells.padEnd(38)} ${comparison.levels[level].padEnd(31)}${show(weight)}`)
  })
  const weight = result.weightOf(a, b)
  const companions = companionBits(model, Uint8Array.from(levels), 0)
  if (companions > 0.01) {
    const text = 'shared by members of one home, who are not one person'
    lines.push(`${'companions'.padEnd(18)}${text.padEnd(70)}${show(-companions)}`)
    total -= companions
  }
  const withoutVariants = prior + evidenceOf(model, Uint8Array.from(levels), 0)
  const bound = withoutVariants - total
  if (Math.abs(bound) > 0.01) {
    lines.push(
      `${'bound'.padEnd(18)}${'columns that differ together count for no more than this'.padEnd(70)}${show(bound)}`,
    )
    total += bound
  }
  const variants = weight / 1000 - withoutVariants
  if (Math.abs(variants) > 0.01) {
    const text = 'a mark contradicts, as it does in variants of one thing'
    lines.push(`${'variants'.padEnd(18)}${text.padEnd(70)}${show(variants)}`)
    total += variants
  }
  lines.push(
    `${'total'.padEnd(88)}${show(total)}`,
    `probability ${probabilityOf(weight).toFixed(6)}; ${result.clusterOf[a] === result.clusterOf[b] ? 'joined' : 'not joined'}`,
  )
  return lines
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
