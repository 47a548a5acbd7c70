/**
 * Two households side by side: who is linked already, who is asked about, who stands alone.
 *
 * In:  the members of both, the pairs asked about, what is decided. Out: aligned rows: the focal pair first, then those
 *      who stand alone or are open, then the linked. No ID number is in it.
 */
import { birthOf, nameOf, relationOf, sexOf } from '../../../report/lists/record-words.ts'
import type { RunRecord } from '../../../store/run-record.ts'
import type { MemberRow, MemberState, MemberView } from '../../api.ts'
import { compareText } from '../../../text-order.ts'
import type { QueuePair } from '../../queue/tasks.ts'

export interface HouseholdQuestion {
  readonly left: readonly RunRecord[]
  readonly right: readonly RunRecord[]
  readonly focal: { readonly left: string; readonly right: string }
  /** Pairs to review between the two households, with what stands of them. */
  readonly pairs: readonly { readonly pair: QueuePair; readonly verdict: 'same' | 'different' | undefined }[]
  /** How many open candidates a record has besides the pair: none, or the row is not trivial. */
  readonly openRivals: (recordKey: string, pairId: string) => number
}

const ORDER: Readonly<Record<MemberState, number>> = { focal: 0, alone: 1, open: 2, decided: 3, linked: 4 }

export function alignHouseholds(question: HouseholdQuestion): readonly MemberRow[] {
  const { left, right, focal, pairs } = question
  const rows: MemberRow[] = []
  const restLeft = new Map(left.map((record) => [record.key, record]))
  const restRight = new Map(right.map((record) => [record.key, record]))
  const join = (a: RunRecord, b: RunRecord, state: MemberState, pair?: QueuePair) => {
    restLeft.delete(a.key)
    restRight.delete(b.key)
    const row = { left: memberOf(a), right: memberOf(b), state }
    rows.push(
      pair === undefined
        ? row
        : {
            ...row,
            pairId: pair.pairId,
            isTrivial: state !== 'decided' && isTrivial(a, b, pair, question.openRivals),
          },
    )
  }
  const byPerson = new Map<string, RunRecord>()
  for (const record of right) if (record.personId !== '') byPerson.set(record.personId, record)
  // The focal pair stands first whatever was said of it: a second reviewer must not see that it was rejected.
  const asked = pairs.find(({ pair }) => pair.left === focal.left && pair.right === focal.right)?.pair
  const focalLeft = restLeft.get(focal.left) ?? restLeft.get(focal.right)
  const focalRight = restRight.get(focal.right) ?? restRight.get(focal.left)
  if (focalLeft !== undefined && focalRight !== undefined) join(focalLeft, focalRight, 'focal', asked)
  for (const record of left) {
    const twin = record.personId === '' ? undefined : byPerson.get(record.personId)
    if (restLeft.has(record.key) && twin !== undefined && restRight.has(twin.key) && twin.key !== record.key)
      join(record, twin, 'linked')
  }
  for (const { pair, verdict } of [...pairs].sort(
    (a, b) => b.pair.probability - a.pair.probability || compareText(a.pair.pairId, b.pair.pairId),
  )) {
    const a = restLeft.get(pair.left) ?? restLeft.get(pair.right)
    const b = restRight.get(pair.right) ?? restRight.get(pair.left)
    if (a === undefined || b === undefined || verdict === 'different') continue
    join(a, b, verdict === 'same' ? 'decided' : 'open', pair)
  }
  // Two rows of one household stand in one list: both are asked about.
  const isAsked = (key: string) => right.length === 0 && (key === focal.left || key === focal.right)
  for (const record of restLeft.values())
    rows.push({ left: memberOf(record), state: isAsked(record.key) ? 'focal' : 'alone' })
  for (const record of restRight.values()) rows.push({ right: memberOf(record), state: 'alone' })
  return rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => ORDER[a.row.state] - ORDER[b.row.state] || a.at - b.at)
    .map(({ row }) => row)
}

function memberOf(record: RunRecord): MemberView {
  return {
    key: record.key,
    name: nameOf(record),
    sex: sexOf(record),
    birth: birthOf(record),
    relation: relationOf(record),
  }
}

/** Same name, sex and birth as far as both are known, no other candidate for either, no suspicion of twins. */
function isTrivial(
  a: RunRecord,
  b: RunRecord,
  pair: QueuePair,
  openRivals: (recordKey: string, pairId: string) => number,
): boolean {
  const births = [birthOf(a), birthOf(b)]
  const known = Math.min(births[0].length, births[1].length)
  return (
    nameOf(a) !== '' &&
    nameOf(a) === nameOf(b) &&
    sexOf(a) === sexOf(b) &&
    known >= 7 &&
    births[0].slice(0, known) === births[1].slice(0, known) &&
    pair.reason !== 'twin-suspect' &&
    openRivals(a.key, pair.pairId) === 0 &&
    openRivals(b.key, pair.pairId) === 0
  )
}
