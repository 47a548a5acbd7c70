/**
 * Villages that were split since the police's extract: all of it bears one code there, and two or three in the census.
 *
 * A part is a village of the census that the police know nothing of: nobody at all is registered under its code, so that its
 * people can have come from nowhere but an old village, and nearly all of them from this one. (Lodgers whom an enumerator put
 * down as at home are in a village that has people of its own, under whatever code.) One of the parts may have kept its code. In
 * which part a household lies its members say; one of whom nobody says anything stays under the old code.
 *
 * In: the table, what the census says of villages. Out: the parts of each split village; police rows moved, in place.
 */
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, POLICE } from '../registers/columns.ts'
import { isTold, PEOPLE_MIN, SHARE_MIN, type VillageAnswers } from './village-answers.ts'

/** Old village → the villages of the census that it is now, its own code among them if a part kept it. */
export function splitVillages({ areas }: RecordTable, answers: VillageAnswers): Map<number, Set<number>> {
  const { people, found, elsewhere, incomers } = answers
  const split = new Map<number, Set<number>>()
  for (const [from, counts] of elsewhere) {
    if (areas.third(from) !== 12 || !isTold(answers, from)) continue
    const atOld = found[from] - [...counts.values()].reduce((total, count) => total + count, 0)
    const parts = [...counts].filter(
      ([to, count]) =>
        count >= PEOPLE_MIN && people[to] === 0 && count >= incomers[to] * SHARE_MIN && areas.third(to) === 12,
    )
    const inParts = parts.reduce((total, [, count]) => total + count, atOld)
    const isOne = atOld < PEOPLE_MIN && parts.length < 2
    if (parts.length === 0 || isOne || inParts < found[from] * SHARE_MIN) continue
    split.set(from, new Set([...parts.map(([to]) => to), ...(atOld >= PEOPLE_MIN ? [from] : [])]))
  }
  return split
}

/** Moves the police rows of each household to the part that most rows of its members name as their hukou. */
export function moveSplitHouseholds(
  table: RecordTable,
  policeOf: Int32Array,
  split: ReadonlyMap<number, ReadonlySet<number>>,
): void {
  if (split.size === 0) return
  const { starts, columns: c } = table
  const named = new Map<number, Map<number, number>>()
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    const police = policeOf[c.idNo[row]]
    if (c.idNo[row] === 0 || police < 0 || c.household[police] === 0) continue
    const part = c.hukouArea[row]
    if (split.get(c.area[police])?.has(part) !== true) continue
    const counts = named.get(c.household[police]) ?? new Map<number, number>()
    named.set(c.household[police], counts.set(part, (counts.get(part) ?? 0) + 1))
  }
  // Area numbers depend on which thread came first: ties are broken by the code itself.
  const partOf = new Map(
    Array.from(named, ([household, counts]) => {
      const [[part]] = [...counts].sort(([a, m], [b, n]) => n - m || (table.areaText(a) < table.areaText(b) ? -1 : 1))
      return [household, part]
    }),
  )
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    const from = c.area[row]
    const to = split.has(from) ? partOf.get(c.household[row]) : undefined
    if (to === undefined) continue
    for (const column of [c.area, c.hukouArea]) if (column[row] === from) column[row] = to
  }
}
