/**
 * People who were most likely counted twice, though nobody has said yet that they are one person.
 *
 * Two present rows that wait for review for want of weight alone, more likely one person than not, are what the list of those
 * counted twice is for: whoever goes there answers the link as well. They stand in it at certainty `review`; the rows stay two people.
 * A pair that waits because something stands against it (two numbers, a twin, a place that is taken) is asked about at the desk
 * and not here: few of those are one person, whatever they weigh.
 *
 * In:  links, why pairs wait, people. Out: pairs of people, each the likeliest partner of the other, in the order of their rows.
 */
import { DECISION, type Links, type People } from '../linking/people.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS } from '../registers/columns.ts'

/** D7 = 1. */
const PRESENT = 1
/** Why a pair waits where nothing stands against it but its own weight and that of its rivals. */
const FOR_WANT_OF_WEIGHT: ReadonlySet<string> = new Set(['weight', 'ambiguous'])

/** Person numbers, the lesser row's first. */
export type SupposedPerson = readonly [person: number, other: number]

interface Supposed {
  readonly partner: number
  readonly weight: number
}

/** @param reasons why a line of the links waits, by line number */
export function findSupposedTwice(
  table: Pick<RecordTable, 'columns' | 'starts'>,
  links: Links,
  reasons: ReadonlyMap<number, string>,
  { personOf }: Pick<People, 'personOf'>,
): SupposedPerson[] {
  const likeliest = new Map<number, Supposed>()
  const pairs: SupposedPerson[] = []
  for (const [line, reason] of reasons) {
    // Even odds weigh nothing.
    if (!FOR_WANT_OF_WEIGHT.has(reason) || links.decision[line] !== DECISION.review || links.weight[line] < 0) continue
    const [left, right] = [links.left[line], links.right[line]]
    if (!isPresentRow(table, left) || !isPresentRow(table, right)) continue
    const pair = [personOf[left], personOf[right]] as const
    pairs.push(pair)
    keepLikelier(likeliest, pair[0], pair[1], links.weight[line])
    keepLikelier(likeliest, pair[1], pair[0], links.weight[line])
  }
  const said = new Set<number>()
  return pairs.filter(([person, other]) => {
    if (likeliest.get(person)?.partner !== other || likeliest.get(other)?.partner !== person || said.has(person))
      return false
    said.add(person).add(other)
    return true
  })
}

function keepLikelier(likeliest: Map<number, Supposed>, person: number, partner: number, weight: number): void {
  const known = likeliest.get(person)
  if (known === undefined || weight > known.weight || (weight === known.weight && partner < known.partner))
    likeliest.set(person, { partner, weight })
}

function isPresentRow({ columns, starts }: Pick<RecordTable, 'columns' | 'starts'>, row: number): boolean {
  return row >= starts[CENSUS] && row < starts[CENSUS + 1] && columns.residence[row] === PRESENT
}
