/**
 * Which verdicts need a second pair of eyes, and when a reviewer's error rate rings.
 *
 * In:  a pair, its verdict, what is known of the reviewer. Out: whether another person must judge it without knowing.
 * Required: 10 % by chance, the first 200 of a new reviewer, pairs across townships, verdicts that delete a census row.
 */
import { fractionOf } from './hash.ts'
import { registerOf } from './tasks.ts'

const DOUBLE_SHARE = 0.1
const NEW_REVIEWER_COUNT = 200
/** Every fiftieth task is one whose answer is known, while there are such. */
export const GOLD_EVERY = 50
/** Every tenth task is somebody else's, for a second verdict, while there are such. */
export const SECOND_EVERY = 10
/** Reviewers whose last checks go wrong so often get a look. */
const CHECK_WINDOW = 20
const CHECK_ERROR_MAX = 0.1

export function needsSecond(
  pair: { readonly pairId: string; readonly left: string; readonly right: string },
  facts: {
    readonly verdict: 'same' | 'different'
    readonly decidedBefore: number
    readonly townships: readonly [string, string]
    readonly seed: string
  },
): boolean {
  if (fractionOf(pair.pairId, `${facts.seed}/double`) < DOUBLE_SHARE) return true
  if (facts.decidedBefore < NEW_REVIEWER_COUNT) return true
  const [a, b] = facts.townships
  if (a !== '' && b !== '' && a !== b && facts.verdict === 'same') return true
  return facts.verdict === 'same' && registerOf(pair.left) === 'census' && registerOf(pair.right) === 'census'
}

/** Two windows in a row with too many wrong checks: the reviewer's last hundred go back to the queue. */
export function isAlarming(checks: readonly boolean[]): boolean {
  const isBad = (window: readonly boolean[]) =>
    window.length === CHECK_WINDOW && window.filter((right) => !right).length / CHECK_WINDOW > CHECK_ERROR_MAX
  const last = checks.slice(-CHECK_WINDOW)
  const before = checks.slice(-2 * CHECK_WINDOW, -CHECK_WINDOW)
  return isBad(last) && isBad(before)
}
