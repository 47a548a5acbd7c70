/**
 * What is done with single records: show masked values, search, link by hand, take a person apart.
 *
 * In:  the desk, a person, record keys. Out: views. Every value that the mask hides is written down before it is sent,
 *      every search too (by a keyed digest of what was sought, never the text).
 */
import { readSought } from '../../sought.ts'
import { createHmac, randomBytes } from 'node:crypto'
import type { Counts, FieldView, RecordLine, WeightsView } from '../../api.ts'
import type { EventDraft, Verdict } from '../../decisions/index.ts'
import { birthOf, nameOf, placeWords, sexOf } from '../../../report/lists/record-words.ts'
import type { RunRecord } from '../../../store/run-record.ts'
import { REGISTERS } from '../../../registers/columns.ts'
import { compareText } from '../../../text-order.ts'
import { registerOf } from '../../queue/tasks.ts'
import { compareFields } from '../views/compare-view.ts'
import { cleanNote, type Desk, type Person } from './desk.ts'
import { Refusal } from '../refusal.ts'
import { sides, weightsView } from '../views/task-view.ts'
import { noteDigest } from '../../decisions/index.ts'

const SPLIT_MAX = 12

/** The numbers of a pair in full; the event is durable before they leave. */
export function revealPair(desk: Desk, person: Person, pairId: string): readonly FieldView[] {
  const pair = desk.pair(pairId)
  const [left, right] = sides(pair).map((key) => desk.run.record(key))
  if (left === undefined || right === undefined) throw new Refusal(404, 'no-such-pair')
  desk.append([{ ...desk.who(person), ...desk.facts(pair), ev: 'reveal', level: 'L3' }])
  return compareFields(left, right, { level: 'L3', canShowDigits: true })
}

export function showWeights(desk: Desk, person: Person, pairId: string): WeightsView {
  const pair = desk.pair(pairId)
  const explanation = desk.run.explanation(pairId)
  if (explanation === undefined) throw new Refusal(404, 'no-such-pair')
  desk.append([{ ...desk.who(person), ...desk.facts(pair), ev: 'weights' }])
  return weightsView(pairId, explanation)
}

export function searchRecords(desk: Desk, person: Person, text: string): readonly RecordLine[] {
  const sought = text.trim()
  const { text: folded } = readSought(sought)
  if (folded.length < 2) throw new Refusal(400, 'too-short')
  const digest = createHmac('sha256', pseudonymKey(desk)).update(folded).digest('hex').slice(0, 16)
  desk.append([{ ...desk.who(person), ev: 'search', obj: digest }])
  return desk.run.search(sought).map(lineOf)
}

export function personRecords(desk: Desk, recordKey: string): readonly RecordLine[] {
  const record = desk.run.record(recordKey)
  if (record === undefined) throw new Refusal(404, 'no-such-record')
  const rows = desk.run.person(record.personId)
  return (rows.length > 0 ? rows : [record]).map(lineOf)
}

/** Two rows the engine never proposed, or proposed and a person found by hand: logged as a link by hand. */
export function linkByHand(
  desk: Desk,
  person: Person,
  request: {
    readonly ck: string
    readonly left: string
    readonly right: string
    readonly reason: string
    readonly note?: string
  },
): { readonly saved: number; readonly counts: Counts } {
  const [left, right] = inOrder(request.left, request.right)
  if (left === right) throw new Refusal(400, 'same-record')
  if (desk.run.record(left) === undefined || desk.run.record(right) === undefined)
    throw new Refusal(404, 'no-such-record')
  const pair = { pairId: `${left}|${right}`, left, right }
  if (desk.contradictionOf(pair) !== undefined) throw new Refusal(409, 'contradiction')
  const note = cleanNote(request.note)
  const base: EventDraft = {
    ...desk.who(person),
    ...desk.facts(pair),
    ev: 'link',
    verdict: 'same',
    reason: request.reason,
    ck: request.ck,
    batch: request.ck,
    ...(note === undefined ? {} : { note: noteDigest(note) }),
  }
  const { events } = desk.append([base, ...desk.derivedDrafts(pair, 'same', base)], note)
  return { saved: events[0].seq, counts: desk.counts(person) }
}

/** Takes a person apart: rows of one group stay together, rows of different groups are different people. */
export function splitPerson(
  desk: Desk,
  person: Person,
  request: { readonly ck: string; readonly groups: readonly (readonly [string, number])[]; readonly reason: string },
): { readonly saved: number; readonly counts: Counts } {
  const { groups } = request
  if (groups.length < 2 || groups.length > SPLIT_MAX) throw new Refusal(400, 'split-size')
  if (new Set(groups.map(([, group]) => group)).size < 2) throw new Refusal(400, 'one-group')
  const people = new Set(groups.map(([key]) => desk.run.factsOf(key).person))
  if (people.size !== 1 || people.has('')) throw new Refusal(409, 'not-one-person')
  if (
    desk.log.eventsOfClientKey(request.ck).length === 0 &&
    isSplit(
      desk,
      groups.map(([key]) => key),
    )
  )
    throw new Refusal(409, 'split-already')
  const drafts: EventDraft[] = []
  for (let i = 0; i < groups.length; i++)
    for (let j = i + 1; j < groups.length; j++) {
      const [left, right] = inOrder(groups[i][0], groups[j][0])
      const verdict: Verdict = groups[i][1] === groups[j][1] ? 'same' : 'different'
      drafts.push({
        ...desk.who(person),
        ...desk.facts({ pairId: `${left}|${right}`, left, right }),
        ev: 'split',
        verdict,
        reason: request.reason,
        ck: request.ck,
        batch: request.ck,
      })
    }
  const { events } = desk.append(drafts)
  return { saved: events[0].seq, counts: desk.counts(person) }
}

/** Another split would take the place of one that stands, perhaps made in another tab. */
function isSplit(desk: Desk, keys: readonly string[]): boolean {
  return keys.some((one, i) =>
    keys.slice(i + 1).some((other) => desk.projection.standing(inOrder(one, other).join('|')).entry?.kind === 'split'),
  )
}

/** Left is the earlier register; within a register the smaller key: a pair has one name. */
function inOrder(a: string, b: string): readonly [string, string] {
  const rank = (key: string) => REGISTERS.findIndex((register) => register === registerOf(key))
  return (rank(a) - rank(b) || compareText(a, b)) <= 0 ? [a, b] : [b, a]
}

function lineOf(record: RunRecord): RecordLine {
  return {
    key: record.key,
    register: record.register,
    name: nameOf(record),
    sex: sexOf(record),
    birth: birthOf(record),
    place: placeWords(record),
    person: record.personId,
  }
}

function pseudonymKey(desk: Desk): string {
  const { database } = desk.log
  database.prepare('INSERT OR IGNORE INTO setting VALUES (?, ?)').run('pseudonym-key', randomBytes(32).toString('hex'))
  return database.prepare("SELECT value FROM setting WHERE key = 'pseudonym-key'").pluck().get() as string
}
