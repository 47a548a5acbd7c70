/**
 * The exact layer: one valid number.
 *
 * In:  pairs by weight, groups after what people decided. Out: decisions, groups joined.
 */
import { isMisfit } from '../matching/anchors.ts'
import { ID_LEVEL, NAME_LEVEL } from '../matching/compare/levels.ts'
import { idLevelOf, nameLevelOf } from '../matching/kernel.ts'
import { conflictOf } from './conflicts.ts'
import type { Groups } from './groups.ts'
import { DISCREDITED } from './number-holders.ts'
import type { OrderedPairs } from './ordered-pairs.ts'
import { LINK, type PairDecisions } from './pair-decisions.ts'
import { LAYERS } from './people.ts'

/** Milli-bits: a lighter pair of one number has too much against it. */
const WEIGHT_MIN = 6000

export interface ExactContext {
  readonly groups: Groups
  readonly pairs: OrderedPairs
  readonly decisions: PairDecisions
  /** Index into LAYERS of each pair that is linked. */
  readonly layer: Uint8Array
  readonly discredited: Uint8Array
}

/**
 * Same valid number, and name, birth and sex do not contradict it. A number that is not its own row's, under another name, waits for those
 * who are named so: a sister's, where the household has her as well.
 */
export function linkExactly({ groups, pairs, decisions, layer, discredited }: ExactContext): void {
  const exact = LAYERS.indexOf('exact')
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || isMisfit(pattern) || pairs.weight[i] < WEIGHT_MIN) continue
    const a = pairs.left[i]
    const b = pairs.right[i]
    if (((discredited[a] | discredited[b]) & DISCREDITED) !== 0 && nameLevelOf(pattern) >= NAME_LEVEL.oneOther) continue
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra !== rb && conflictOf(groups, ra, rb, pattern, pairs.weight[i]) !== '') continue
    decisions.decision[i] = LINK
    layer[i] = exact
    groups.join(a, b)
  }
}
