/**
 * A FindingContext on its way to another thread: shared memory and plain values.
 */
import { NameFeatures, type NameFeaturePieces } from '../records/name-features.ts'
import { RecordTable, type RecordTableHandle } from '../records/record-table.ts'
import type { FindingContext, RegisterContext } from './ground.ts'

export type FindingContextHandle = Omit<FindingContext, 'table' | 'names'> & {
  readonly table: RecordTableHandle
  readonly names?: NameFeaturePieces
}

export function contextHandle({ table, names, ...context }: FindingContext): FindingContextHandle {
  return { ...context, table: table.handle, ...(names === undefined ? {} : { names: names.pieces }) }
}

export function openContext({ table: handle, names, ...context }: FindingContextHandle): FindingContext {
  const table = new RecordTable(handle)
  return {
    ...context,
    table,
    ...(names === undefined ? {} : { names: new NameFeatures(table.memory, names, table.names) }),
  }
}

export type RegisterContextHandle = Omit<RegisterContext, 'table'> & { readonly table: RecordTableHandle }

export function registerContextHandle({ table, settings, given }: RegisterContext): RegisterContextHandle {
  return { table: table.handle, settings, given }
}

export function openRegisterContext({ table, ...context }: RegisterContextHandle): RegisterContext {
  return { ...context, table: new RecordTable(table) }
}
