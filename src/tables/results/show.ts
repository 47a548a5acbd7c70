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
import { countText, padCell, padCellsEnd, padCellsStart } from '../../display-text.ts'
import type { TableResult } from '../engine.ts'
import { modelLine, percentText } from '../phase-lines.ts'
import { columnOf, recordIdsOf } from '../fields/fields.ts'
import type { Table } from '../read/read-table.ts'
import type { TableSpec } from '../spec/spec.ts'
import type { TruthMeasure } from './truth.ts'

/** The rules in the order in which pairs are credited; those whose pairs other rules had already are only counted. */
export function ruleLines(result: TableResult): string[] {
  const lines = [ruleLine('blocking rule 分组规则', 'pairs 对数', 'new 新增', 'finds 找到')]
  let idle = 0
  result.proposal.rules.forEach(({ blocks, coverage }, r) => {
    const added = result.pairsByRule[r]
    if (added === 0) idle++
    else
      lines.push(
        ruleLine(
          blocks.name.slice(0, RULE_WIDTH - 1),
          countText(blocks.pairs),
          countText(added),
          percentText(coverage),
        ),
      )
    const about = added === 0 ? `    ${blocks.name}: ` : '    '
    if (blocks.blocksSplit > 0)
      lines.push(
        `${about}${countText(blocks.blocksSplit)} 个组过大，已再分 · ${countText(blocks.blocksSplit)} blocks were too large and split by a further key`,
      )
    if (blocks.rowsLeftOut > 0)
      lines.push(
        `${about}${countText(blocks.rowsLeftOut)} 行仍在过大的组里，由其他规则处理 · ${countText(blocks.rowsLeftOut)} rows stayed in too large a block: left to the other rules`,
      )
  })
  if (idle > 0)
    lines.push(
      `另有 ${idle} 条规则没有新增，见 summary.json · and ${idle} more whose pairs these had: summary.json lists all`,
    )
  return lines
}

/** Columns of a rule's name, and of each figure behind it. */
const RULE_WIDTH = 58
const FIGURE_WIDTHS = [12, 12, 12]

function ruleLine(name: string, ...figures: readonly string[]): string {
  return padCell(name, RULE_WIDTH) + figures.map((figure, k) => padCellsStart(figure, FIGURE_WIDTHS[k])).join('')
}

export function modelLines(result: TableResult): string[] {
  const { model, comparisons } = result
  const lines = [modelLine(model)]
  if (model.companions !== undefined)
    lines.push(
      `同伴 companions (同住、同厂、同专辑而不是一个 · share a home, a maker, an album, and are not one): one in ${countText(Math.round(1 / model.companions.share))} of all other pairs`,
    )
  const given = (parent: number) => (parent < 0 ? '' : ` given ${comparisons[parent].name}`)
  comparisons.forEach((comparison, c) => {
    lines.push(
      '',
      `${comparison.name} (${comparison.kind}; matches${given(model.matches.parents[c]) || ' alone'}, strangers${given(model.strangers.parents[c]) || ' alone'})`,
      `  ${padCell('level 等级', 34)}${'m'.padStart(12)}${'u'.padStart(12)}${padCellsStart('weight 权重', 13)}`,
    )
    comparison.levels.forEach((level, l) => {
      if (l === 0) return
      const [m, u] = [model.matches.marginals[c][l], model.strangers.marginals[c][l]]
      lines.push(
        `  ${level.padEnd(34)}${m.toPrecision(3).padStart(12)}${u.toPrecision(3).padStart(12)}${Math.log2(m / u)
          .toFixed(2)
          .padStart(13)}`,
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

/** Prior, one row per comparison, total: the rows add up to the total. Both records must be there (refuseUnknownRecords). */
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
  const among = countText(Math.round(1 / model.lambda))
  const lines = [partLine('prior 先验', `每 ${among} 对有一对为真 one true pair in ${among}`, prior)]
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
    partLine('total 合计', '', total),
    `probability 概率 ${probabilityOf(weight).toFixed(6)}; ${result.clusterOf[a] === result.clusterOf[b] ? '归为一个 joined' : '未归为一个 not joined'}`,
  )
  return lines
}

function partLine(name: string, text: string, bits: number): string {
  return padCell(name, 18) + padCellsEnd(text, 70) + signed(bits)
}

function signed(bits: number): string {
  return `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`.padStart(7)
}

/** Refuses record identifiers that no row bears: before hours of comparing, not after them. */
export function refuseUnknownRecords({ left, right, spec }: ComparedTables, leftId: string, rightId: string): void {
  const second = right === undefined ? { table: left, header: spec.id.left } : { table: right, header: spec.id.right }
  for (const [id, { table, header }] of [
    [leftId, { table: left, header: spec.id.left }],
    [rightId, second],
  ] as const)
    if (!recordIdsOf(table, header).includes(id))
      throw new BiduiError(
        'E517',
        EXIT.usage,
        `--explain: ${table.name} 中没有记录 ${id} · there is no record ${id} in ${table.name}.`,
        {
          advice:
            header === undefined
              ? '没有 id 列，按行号 1、2、3 … 指定 · no column is the id: rows are numbered 1, 2, 3 …'
              : `记录号见「${header}」列 · see column ${header}.`,
        },
      )
}

/** The rows that bear two record identifiers, in the order in which pairs are compared. */
function rowsOf(
  { fields: { recordIds, leftCount } }: TableResult,
  { right }: ComparedTables,
  leftId: string,
  rightId: string,
): [number, number] {
  const a = recordIds.indexOf(leftId)
  const b = recordIds.indexOf(rightId, right === undefined ? 0 : leftCount)
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
    companions: '同住的人共有，却不是一人 · shared by members of one home, who are not one',
    bound: '一起不同的列至多算这些 · columns that differ together count no more',
    variants: '型号或规格相反，像同类的另一款 · a mark or a size contradicts, as in variants',
  }
  return [
    { name: 'companions 同伴', text: text.companions, bits: isCompanion ? -companions : 0 },
    { name: 'bound 封顶', text: text.bound, bits: withoutVariants - (ofColumns - (isCompanion ? companions : 0)) },
    { name: 'variants 款式', text: text.variants, bits: weight / 1000 - withoutVariants },
  ].filter(({ bits }) => Math.abs(bits) > SHOWN_LEAST)
}

export function truthLines(truth: TruthMeasure): string[] {
  const show = (value: number) => value.toFixed(4)
  return [
    `真对 ${countText(truth.truePairs)}，关联 ${countText(truth.linkedPairs)}，其中对的 ${countText(truth.foundPairs)} · ${countText(truth.truePairs)} true pairs, ${countText(truth.linkedPairs)} linked, ${countText(truth.foundPairs)} of them true`,
    `pairs 按对      precision 准确率 ${show(truth.precision)}  recall 召回率 ${show(truth.recall)}  F1 ${show(truth.f1)}`,
    `B³ 按记录       precision 准确率 ${show(truth.bCubedPrecision)}  recall 召回率 ${show(truth.bCubedRecall)}  F1 ${show(truth.bCubedF1)}`,
    `to review 待审  ${countText(truth.reviewPairs)} pairs, ${countText(truth.reviewTrue)} of them true`,
  ]
}
