/**
 * Linkage of tables that have nothing to do with registers: the library's calls.
 *
 * @example
 * const left = tableFromRows('left', [{ id: 'a1', name: 'Ann Byrd', born: '1980-02-01' }])
 * const right = readTable(readFileSync('people.csv'), 'people.csv')
 * const spec = { id: 'id', columns: { name: 'full name', born: 'date' } }
 * for (const { leftId, rightId, probability } of link(left, right, spec).links) console.log(leftId, rightId, probability)
 */
import { runTables, type TableOptions, type TableResult } from './engine.ts'
import type { Table } from './read/read-table.ts'
import { completeSpec, type SpecInput } from './spec/spec.ts'
import { withoutUnsharedColumns } from './spec/unshared-columns.ts'

export type { OneToOne } from './decide/decide.ts'
export type { TableOptions, TableResult } from './engine.ts'
export { type ReadOptions, type Table, type TableColumn, readTable, tableFromRows } from './read/read-table.ts'
export { type ColumnKind, completeSpec, KINDS, readSpec, type SpecInput, type TableSpec } from './spec/spec.ts'
export { type ColumnProposal, proposeSpec, type SpecProposal } from './spec/propose-spec.ts'
export { measureTruth, type TruthMeasure } from './results/truth.ts'

export interface RecordLink {
  readonly leftId: string
  readonly rightId: string
  /** log2 of the odds that the two records are of one person or thing. */
  readonly weight: number
  readonly probability: number
  readonly decision: 'link' | 'review'
}

export interface LinkResult {
  readonly links: readonly RecordLink[]
  /** Records of one person or thing; singles are clusters of one. */
  readonly clusters: readonly (readonly { readonly source: 'left' | 'right'; readonly recordId: string }[])[]
  readonly isOneToOne: boolean
  /** Everything else: rules, model, levels; see TableResult. */
  readonly detail: TableResult
}

/** Links the records of two tables. Nothing needs to be said but what kind of thing each column holds. */
export function link(left: Table, right: Table, spec: SpecInput, options: TableOptions = {}): LinkResult {
  return resultOf(runTables(left, right, withoutUnsharedColumns(left, right, completeSpec(spec)).spec, options))
}

/**
 * Finds the records of one table that are the same person or thing.
 *
 * @example
 * const { clusters } = dedupe(table, { id: 'id', columns: { surname: 'family name', city: 'text' } })
 */
export function dedupe(table: Table, spec: SpecInput, options: TableOptions = {}): LinkResult {
  return resultOf(runTables(table, undefined, completeSpec(spec), options))
}

function resultOf(detail: TableResult): LinkResult {
  const { recordIds, leftCount } = detail.fields
  const clusters = new Map<number, { source: 'left' | 'right'; recordId: string }[]>()
  detail.clusterOf.forEach((cluster, row) => {
    const member = { source: row < leftCount ? ('left' as const) : ('right' as const), recordId: recordIds[row] }
    const list = clusters.get(cluster)
    if (list === undefined) clusters.set(cluster, [member])
    else list.push(member)
  })
  return {
    links: detail.links.map((item) => ({
      leftId: recordIds[item.left],
      rightId: recordIds[item.right],
      weight: item.weight / 1000,
      probability: item.probability,
      decision: item.decision,
    })),
    clusters: [...clusters.values()],
    isOneToOne: detail.oneToOne,
    detail,
  }
}
