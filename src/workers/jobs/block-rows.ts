/** Tables of any kind: the blocks of one rule, while other threads make those of others. */
import { blockRule, type RuleBlocks } from '../../tables/candidates/blocks.ts'
import type { RuleToBlock } from '../../tables/candidates/rules.ts'

export function run({ rule, options }: RuleToBlock): RuleBlocks {
  return blockRule(rule, options)
}
