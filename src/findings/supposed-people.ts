/**
 * People who were most likely counted or registered twice, or counted living and dead, though nobody has said yet that they
 * are one person.
 *
 * Two present rows that wait for review for want of weight alone, more likely one person than not, are what the list of those
 * counted twice is for: whoever goes there answers the link as well. So are two hukou that are one person's four times in five and more:
 * two valid numbers are never joined by likeness, and a second hukou under another name only by a relative. (Where both are counted as
 * present, two valid numbers alone must keep them apart, and be eight times likelier one person's: to be counted twice is rare, and namesakes
 * are not.) So is a death form beside a present row that is likelier its dead one's than not: one of the two is to be struck out. They are told
 * at certainty `review`; the rows stay two people.
 * A pair that waits because something speaks against it (two numbers in the census, a twin, a place that is taken) is asked about at
 * the desk and not here: few of those are one person, whatever they weigh.
 *
 * In:  links, why pairs wait, people. Out: pairs of people, each the likeliest partner of the other, in the order of their rows.
 */
import { DECISION, type Links, type People } from '../linking/people.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, CENSUS_DEATHS, POLICE } from '../registers/columns.ts'

/** D7 = 1. */
const PRESENT = 1
/** Why two present rows wait where nothing stands against them but their own weight and that of their rivals. */
const FOR_WANT_OF_WEIGHT: ReadonlySet<string> = new Set(['weight', 'ambiguous'])
/** The same of a death form and the row of a living member of its household. */
const OF_THE_DEAD: ReadonlySet<string> = new Set([...FOR_WANT_OF_WEIGHT, 'household'])
/** Even odds, milli-bits. */
const EVEN = 0
/** Four to one, by why two hukou wait: how likely they are one person's is known less well. */
const TWO_HUKOU_MIN: Readonly<Record<string, number>> = { 'two-hukou': 2000, household: 2000 }
/** Eight to one. */
const TWO_HUKOU_PRESENT_MIN: Readonly<Record<string, number>> = { 'two-hukou': 3000 }
const NEVER = Number.POSITIVE_INFINITY

/** Person numbers, the lesser row's first. */
export type SupposedPerson = readonly [person: number, other: number]

interface Supposed {
  readonly partner: number
  readonly weight: number
}

/** @param reasons why a line of the links waits, by line number */
export function findSupposedPeople(
  table: Pick<RecordTable, 'columns' | 'starts'>,
  links: Links,
  reasons: ReadonlyMap<number, string>,
  { personOf }: Pick<People, 'personOf'>,
): SupposedPerson[] {
  const likeliest = new Map<number, Supposed>()
  const pairs: SupposedPerson[] = []
  const arePresent = presentPeople(table, personOf)
  for (const [line, reason] of reasons) {
    if (links.decision[line] !== DECISION.review) continue
    const [left, right, weight] = [links.left[line], links.right[line], links.weight[line]]
    const pair = [personOf[left], personOf[right]] as const
    const areBothPresent = arePresent[pair[0]] + arePresent[pair[1]] === 2
    if (weight < weightMin(table, [left, right], reason, areBothPresent)) continue
    pairs.push(pair)
    keepLikelier(likeliest, pair[0], pair[1], weight)
    keepLikelier(likeliest, pair[1], pair[0], weight)
  }
  const said = new Set<number>()
  return pairs.filter(([person, other]) => {
    if (likeliest.get(person)?.partner !== other || likeliest.get(other)?.partner !== person || said.has(person))
      return false
    said.add(person).add(other)
    return true
  })
}

/**
 * From which weight on two rows that wait are supposed to be one person's; infinite where they never are.
 *
 * @param areBothPresent whether both people are listed as present
 */
function weightMin(
  { columns, starts }: Pick<RecordTable, 'columns' | 'starts'>,
  [left, right]: readonly [left: number, right: number],
  reason: string,
  areBothPresent: boolean,
): number {
  if (right < starts[POLICE + 1]) return (areBothPresent ? TWO_HUKOU_PRESENT_MIN : TWO_HUKOU_MIN)[reason] ?? NEVER
  const isPresent = (row: number): boolean =>
    row >= starts[CENSUS] && row < starts[CENSUS + 1] && columns.residence[row] === PRESENT
  const isForm = right >= starts[CENSUS_DEATHS] && right < starts[CENSUS_DEATHS + 1]
  const isAsked = isForm ? OF_THE_DEAD.has(reason) : FOR_WANT_OF_WEIGHT.has(reason) && isPresent(right)
  return isAsked && isPresent(left) ? EVEN : NEVER
}

/** By person: 1 where a census row of the person is one of somebody present. */
function presentPeople({ columns, starts }: Pick<RecordTable, 'columns' | 'starts'>, personOf: Int32Array): Uint8Array {
  const present = new Uint8Array(personOf.length)
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++)
    if (columns.residence[row] === PRESENT) present[personOf[row]] = 1
  return present
}

function keepLikelier(likeliest: Map<number, Supposed>, person: number, partner: number, weight: number): void {
  const known = likeliest.get(person)
  if (known === undefined || weight > known.weight || (weight === known.weight && partner < known.partner))
    likeliest.set(person, { partner, weight })
}
