/**
 * What gives away that the pairs taken for matches are another kind of pairs: in too many of them a text that names the thing wholly
 * differs. They are then siblings (tracks of one album), variants, or things of one kind (all pale ales).
 *
 * In:  a model, and the comparisons and columns that it was learned on. Out: yes or no. Leaves to fit.ts: what is tried next. Pure.
 */
import type { Comparison } from '../compare/comparison.ts'
import { AS_OWN, chanceToRepeat } from '../fields/own-names.ts'
import type { OpenedTables } from '../open-tables.ts'
import type { DependentModel } from './dependence.ts'

/** Share of matches whose marks may wholly differ. */
const MARKS_DIFFER_MOST = 0.5
/** Share of pairs within groups whose titles may wholly differ: of things it was 0.04 at most, of kinds of beer above 0.35. */
const TITLES_DIFFER_MOST = 0.1
/** Share of matches of one model in which titles may wholly differ: of things written by two hands it is a tenth. */
const TITLES_DIFFER_OFTEN = 0.25
/** Share of pairs within groups in which another text that repeats itself as little as the title may wholly differ. */
const OWN_TEXTS_DIFFER_MOST = 0.5

/** How the matches of a model fall on the levels of each comparison; the last level is that of texts that wholly differ. */
type Matches = Pick<DependentModel, 'levelCounts'> & { readonly matches: Pick<DependentModel['matches'], 'marginals'> }

/** Whether groups are kinds of things (all pale ales): titles, or numbers in them, wholly differ, or another text as much a row's own. */
export function areKinds(
  { comparisons, fields: { fields } }: Pick<OpenedTables, 'comparisons' | 'fields'>,
  areTitles: readonly boolean[],
  { matches, levelCounts }: Matches,
): boolean {
  const titles = comparisons.filter((_, c) => areTitles[c]).map(({ field }) => field)
  const most = Math.max(...titles.map((field) => AS_OWN * chanceToRepeat(fields[field])))
  return comparisons.some(({ field, kind, levels, contradicting }, c) => {
    // Other words of a variant contradict; other numbers may be slips, but for those written like codes.
    const isNumbers = kind === 'marks' && !contradicting.includes(levels.length - 1) && titles.includes(field)
    const isOwnText = kind === 'text' && chanceToRepeat(fields[field]) <= most
    const may = areTitles[c] || isNumbers ? TITLES_DIFFER_MOST : isOwnText ? OWN_TEXTS_DIFFER_MOST : 1
    return matches.marginals[c][levelCounts[c] - 1] > may
  })
}

/** Whether so many matches have wholly different titles that they are siblings. */
export function titlesOftenDiffer(comparisons: readonly Comparison[], { matches, levelCounts }: Matches): boolean {
  return comparisons.some(
    ({ kind, personalLevels }, c) =>
      kind === 'text' && personalLevels > 0 && matches.marginals[c][levelCounts[c] - 1] > TITLES_DIFFER_OFTEN,
  )
}

/**
 * Whether what tells a thing from its variants differs in most pairs taken for matches: then they are variants. Only a text that
 * is as much a row's own as the title names a thing: years and track numbers that two stores write in two ways do not.
 */
export function marksMostlyDiffer(
  { comparisons, fields: { fields } }: Pick<OpenedTables, 'comparisons' | 'fields'>,
  { matches }: Matches,
): boolean {
  const repeated = fields.map(chanceToRepeat)
  const texts = fields.flatMap(({ kind }, place) => (kind === 'text' ? [repeated[place]] : []))
  const most = AS_OWN * Math.min(...texts)
  return comparisons.some(
    ({ kind, field, levels }, c) =>
      kind === 'marks' && repeated[field] <= most && matches.marginals[c][levels.length - 1] > MARKS_DIFFER_MOST,
  )
}
