/** Tables opened for comparing: cells folded, the comparisons of their columns, what they have in common. */
import { fillCodes } from './fields/codes-in-titles.ts'
import type { Comparison } from './compare/comparison.ts'
import { buildComparisons, cellsByRow } from './compare/comparisons.ts'
import { buildFields, type Fields } from './fields/fields.ts'
import { partMakers } from './fields/makers-in-titles.ts'
import { leaveOutSaid } from './fields/said-asides.ts'
import { partValues } from './fields/values-in-titles.ts'
import type { Table } from './read/read-table.ts'
import type { TableSpec } from './spec/spec.ts'

/** Tables with their cells folded and the comparisons of their columns. */
export interface OpenedTables {
  readonly fields: Fields
  /** See cellsByRow. */
  readonly cells: Int32Array
  readonly comparisons: readonly Comparison[]
  readonly isLink: boolean
}

export function openTables(left: Table, right: Table | undefined, spec: TableSpec): OpenedTables {
  return withComparisons(openFields(left, right, spec), spec)
}

/** Tables of which other threads can make the comparisons while this one makes its own. */
export type OpenedFields = Omit<OpenedTables, 'comparisons'>

export function openFields(left: Table, right: Table | undefined, spec: TableSpec): OpenedFields {
  const read = buildFields(left, right, spec)
  const filled = fillCodes(leaveOutSaid(read.fields))
  // One shop writes its lines in one way; without their makers its programs "office" by two houses would be one.
  const fields = { ...read, fields: right === undefined ? filled : partValues(partMakers(filled), read.leftCount) }
  return { fields, cells: cellsByRow(fields.fields), isLink: right !== undefined }
}

export function withComparisons(opened: OpenedFields, { nicknames }: TableSpec): OpenedTables {
  const { fields, cells, isLink } = opened
  return { ...opened, comparisons: buildComparisons(fields.fields, nicknames, cells, !isLink) }
}
