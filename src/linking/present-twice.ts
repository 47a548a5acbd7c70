/**
 * What two present rows of one person look like here, learned from those that bear one number.
 *
 * The place of two census rows is weighed as in most pairs: an away row beside the present one, in different villages.
 * Who is counted twice as present is another matter: often in one village, with the hukou written once and left out
 * once. In:  pairs with the same valid number. Out: per place level the milli-bits to add to a pair of two present rows,
 * log2(P(both present, level | match) ÷ (P(both present | strangers) · m(level))).
 */
import { isNumberAnchor } from '../matching/anchors.ts'
import type { CountyModel } from '../matching/county-model.ts'
import { PAIR_CLASS, PLACE_LEVEL, pairClassOf, placeLevelOf } from '../matching/kernel.ts'
import { LINE_WORDS, PRESENCE, presenceOf, WORD } from '../matching/packed-records.ts'
import { milliBits } from '../matching/weigh-county.ts'
import { CENSUS } from '../registers/columns.ts'
import type { OrderedPairs } from './ordered-pairs.ts'

/** Without a number to learn from, one pair in 64 is such a one whatever its places. */
const USUAL_SHARE = 1 / 64
/** Pairs that the usual share is believed as. */
const CAUTION = 20
const PLACE = 4

export function presentTwiceWeights(
  pairs: OrderedPairs,
  lines: Int32Array,
  starts: readonly number[],
  model: CountyModel,
): readonly number[] {
  const isPresent = (row: number): boolean => presenceOf(lines[row * LINE_WORDS + WORD.packed]) === PRESENCE.present
  const counts = new Float64Array(Object.keys(PLACE_LEVEL).length)
  let anchors = 0
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (pairClassOf(pattern) !== PAIR_CLASS.censusCensus || !isNumberAnchor(pattern)) continue
    anchors++
    if (isPresent(pairs.left[i]) && isPresent(pairs.right[i])) counts[placeLevelOf(pattern)]++
  }
  let present = 0
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) if (isPresent(row)) present++
  const strangers = (present / Math.max(1, starts[CENSUS + 1] - starts[CENSUS])) ** 2
  const m = model.classes[PAIR_CLASS.censusCensus].m[PLACE]
  return m.map((usual, level) => {
    // Where no place is known to one of them, that both are present is all there is.
    const twice = level === PLACE_LEVEL.missing ? counts.reduce((sum, n) => sum + n, 0) : counts[level]
    const chance = level === PLACE_LEVEL.missing ? 1 : usual
    const expected = USUAL_SHARE * strangers * chance
    return milliBits((twice + CAUTION * expected) / (anchors + CAUTION) / (strangers * chance))
  })
}
