/**
 * Recall lost to blocking: which missed pairs were never candidates.
 *
 * In: the registers read again (record table, name features), blocking rules. Out: a test of two rows. The keys are
 * computed and refined by the very functions that blocking uses; blocks that stay too large even so are taken as
 * proposed whole, so the loss in them is told by `bidui blocks`, not here.
 */
import { refineBuckets, refineOversizeBlocks } from '../blocking/blocks.ts'
import { computeKeys, isProposedEarlier, KeyParts, partsOfRules, type RuleKeys } from '../blocking/keys.ts'
import type { BlockingRule } from '../blocking/rules.ts'
import type { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'

export function proposalTest(
  table: RecordTable,
  names: NameFeatures,
  rules: readonly BlockingRule[],
): (left: number, right: number) => boolean {
  const parts = new KeyParts(table, names)
  const { rows } = table
  const keys: RuleKeys = { words: new Int32Array(rows * rules.length), rows }
  computeKeys(parts, partsOfRules(rules), keys, 0, rows)
  const counts = refineBuckets(rows)
  rules.forEach((rule, r) => refineOversizeBlocks(rule, r, parts, keys, counts))
  return (left, right) => isProposedEarlier(keys.words, rows, left, right, rules.length)
}
