/**
 * Recall lost to blocking: which missed pairs were never candidates.
 *
 * In: the registers read again (record table, name features), blocking rules. Out: a test of two rows. The keys are
 * computed and refined by the very functions that blocking uses; blocks that stay too large even so are taken as
 * proposed whole, so the loss in them is told by `bidui blocks`, not here.
 */
import { refineBuckets, refineOversizeBlocks } from '../blocking/blocks.ts'
import { computeKeys, KeyParts, partsOfRules } from '../blocking/keys.ts'
import type { BlockingRule } from '../blocking/rules.ts'
import type { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'

export function proposalTest(
  table: RecordTable,
  names: NameFeatures,
  rules: readonly BlockingRule[],
): (left: number, right: number) => boolean {
  const parts = new KeyParts(table, names)
  const keys = new Int32Array(table.rows * rules.length)
  computeKeys(parts, partsOfRules(rules), keys, table.rows, 0, table.rows)
  const counts = refineBuckets(table.rows)
  rules.forEach((rule, r) => refineOversizeBlocks(rule, r, parts, keys, table.rows, counts))
  return (left, right) => {
    for (let r = 0, at = 0; r < rules.length; r++, at += table.rows)
      if (keys[at + left] !== 0 && keys[at + left] === keys[at + right]) return true
    return false
  }
}
