/**
 * Copies: whether what a model takes for matches looks like things that stand twice, or like things of one kind.
 *
 * In:  distinct patterns with their weights, comparisons, fields. Out: which part of the likely pairs looks like copies. Pure.
 * EM always finds two classes. Where nobody stands twice the class of matches is siblings: the tracks of an album, the sizes
 * of a model, which share every column but the one that names them. A copy is one whose title says mostly the same, numbers
 * and version included, or whose code (a model's, a barcode) is the same; siblings have titles and codes of their own.
 * Leaves to fit.ts: what becomes of a model whose matches are no copies.
 */
import type { Comparison } from '../compare/comparison.ts'
import type { Field } from '../fields/fields.ts'
import { AS_OWN, chanceToRepeat } from '../fields/own-names.ts'
import type { Patterns } from '../compare/patterns.ts'
import { MOSTLY_SAME } from '../compare/text-levels.ts'

/**
 * Part of the likely pairs, weighed by their chance to be matches, that look like copies; 1 where none can be told by a
 * title: persons have names and a date of birth.
 * @param weights milli-bits per pattern, prior included
 */
export function copiesAmong(
  patterns: Patterns,
  weights: Int32Array,
  comparisons: readonly Comparison[],
  fields: readonly Field[],
): number {
  const title = comparisons.findIndex(({ kind, personalLevels }) => kind === 'text' && personalLevels > 0)
  if (title < 0) return 1
  const least = chanceToRepeat(fields[comparisons[title].field])
  const marks = placesOf(comparisons, ({ kind, field }) => kind === 'marks' && field === comparisons[title].field)
  // A code that half of an album shares names the album.
  const codes = placesOf(
    comparisons,
    ({ kind, field }) => kind === 'code' && chanceToRepeat(fields[field]) <= AS_OWN * least,
  )
  let known = 0
  let copies = 0
  for (let i = 0; i < patterns.count; i++) {
    const at = i * patterns.width
    const isSameCode = codes.some((c) => {
      const level = patterns.levels[at + c]
      return level > 0 && level <= comparisons[c].exactCount
    })
    const level = patterns.levels[at + title]
    if (weights[i] < 0 || (level === 0 && !isSameCode)) continue
    const pairs = patterns.counts[i] / (1 + 2 ** -Math.min(weights[i] / 1000, 60))
    known += pairs
    const isSameTitle =
      level > 0 &&
      level <= comparisons[title].exactCount + MOSTLY_SAME &&
      marks.every((c) => !speaksOfAnother(comparisons[c], patterns.levels[at + c]))
    if (isSameTitle || isSameCode) copies += pairs
  }
  return known === 0 ? 1 : copies / known
}

function speaksOfAnother({ levels, contradicting }: Comparison, level: number): boolean {
  return level === levels.length - 1 || contradicting.includes(level)
}

function placesOf(comparisons: readonly Comparison[], isMeant: (comparison: Comparison) => boolean): number[] {
  return comparisons.flatMap((comparison, c) => (isMeant(comparison) ? [c] : []))
}
