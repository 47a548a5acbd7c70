/**
 * All findings of a reconciliation.
 *
 * In:  records, people, settings, which registers were given. Out: a FindingList; same input, same list.
 * People who are likely one are asked once more as one, about being there twice or dead and alive alone (supposed-people.ts).
 * Three passes that other threads can make at the same time: people (detectors that match their situation speak),
 * households (their detectors see all people pass and speak at the end), and registers and rows by themselves, which do
 * not even need to know who is one person. finishFindings asks the few people who had to wait for the households, and
 * puts everything behind each other.
 * Pure. Outputs, order of files and finding ids are left to the report.
 */
import { REGISTERS, type RegisterName } from '../registers/columns.ts'
import { HOUSEHOLD_DETECTORS, PERSON_DETECTORS, REGISTER_DETECTORS, ROW_DETECTORS } from './detectors/index.ts'
import { doubleHukou } from './detectors/people/double-hukou.ts'
import { deadAndAlive } from './detectors/people/death-form.ts'
import { duplicateAway } from './detectors/people/duplicate-away.ts'
import { duplicatePresent } from './detectors/people/duplicate-present.ts'
import type { PersonDetector, Sentences } from './detector.ts'
import { type Finding, FindingList, type FindingListHandle } from './finding-list.ts'
import { type FindingContext, Ground, type RegisterContext, RegisterGround } from './ground.ts'
import type { People } from '../linking/people.ts'
import { NameReader } from './name-relation.ts'
import { Situation } from './situation.ts'
import { FINDING_TABLE, type FindingCode } from './table.ts'
import { type WordGround, Words } from './words.ts'

const SENTENCES: Sentences = Object.assign(
  {},
  ...[...PERSON_DETECTORS, ...ROW_DETECTORS, ...HOUSEHOLD_DETECTORS, ...REGISTER_DETECTORS].map(
    (detector) => detector.sentences,
  ),
)

/** Codes that some detector can make. */
export const DETECTED_CODES = Object.keys(SENTENCES) as readonly FindingCode[]

export function detectFindings(context: FindingContext): FindingList {
  const ground = new Ground(context)
  const households = findingsOfHouseholds(ground, context)
  return finishFindings(askedPeople(ground, context), households, detectRegisters(context).handle)
}

/** What registers and their rows tell by themselves. Who is one person need not be known yet. */
export function detectRegisters(context: RegisterContext): FindingList {
  const { table, given } = context
  const ground = new RegisterGround(context)
  const out = new FindingList(table, undefined, undefined, (code) => isMade(code, given), unread)
  for (const detector of REGISTER_DETECTORS) detector.detect(ground, out)
  askRows(ground, out)
  return out
}

/** What the households tell, and for whom they speak; shared memory and plain values. */
export interface HouseholdFindings {
  readonly findings: FindingListHandle
  readonly replacedPairs: readonly number[]
  readonly replacedMissing: readonly number[]
}

/** The household detectors; another thread can ask them while this one goes through the people. */
export function detectHouseholds(context: FindingContext): HouseholdFindings {
  return findingsOfHouseholds(new Ground(context), context)
}

/** People who were asked, and those who wait for the households. */
export interface AskedPeople {
  readonly ground: Ground
  readonly findings: FindingList
  readonly waiting: readonly number[]
}

/** The person detectors that need no household. finishFindings takes it from there. */
export function askPeopleAlone(context: FindingContext): AskedPeople {
  return askedPeople(new Ground(context), context)
}

/** People, then households, then the people who waited for them, then the registers. */
export function finishFindings(
  { ground, findings: out, waiting }: AskedPeople,
  households: HouseholdFindings,
  registers: FindingListHandle,
): FindingList {
  out.append(households.findings)
  for (const pair of households.replacedPairs) ground.replacedPairs.add(pair)
  for (const person of households.replacedMissing) ground.replacedMissing.add(person)
  const situation = new Situation(ground)
  for (const person of waiting) {
    situation.build(person)
    for (const detector of PERSON_DETECTORS)
      if (detector.waitsForHouseholds === true && (situation.bits & detector.when) === detector.when)
        detector.detect(situation, out)
  }
  askSupposedPeople(situation, out)
  const { people } = ground
  out.append(registers, (code, rows) => HOLDS.get(code)?.(rows, people) ?? true)
  return out
}

/** What two people who are likely one are asked as one, where neither has it said of him by himself. */
const ASKED_TOGETHER: readonly PersonDetector[] = [duplicatePresent, duplicateAway, doubleHukou, deadAndAlive]

/** What they say rests on a pair that nobody has decided. */
function askSupposedPeople(situation: Situation, out: FindingList): void {
  for (const [person, other] of situation.ground.supposedPeople) {
    situation.build(person)
    const { bits } = situation
    situation.build(other)
    const alone = [bits, situation.bits]
    situation.buildTogether(person, other)
    for (const detector of ASKED_TOGETHER) {
      const isSaid = (of: number): boolean => (of & detector.when) === detector.when
      if (isSaid(situation.bits) && !alone.some(isSaid)) out.suppose(() => detector.detect(situation, out))
    }
  }
}

/** Register findings that are asked again when people are known, by code. */
const HOLDS: ReadonlyMap<FindingCode, (rows: Int32Array, people: People) => boolean> = new Map(
  REGISTER_DETECTORS.flatMap((detector) =>
    (Object.keys(detector.sentences) as FindingCode[]).map(
      (code) => [code, (rows: Int32Array, people: People) => detector.holds?.(rows, people) ?? true] as const,
    ),
  ),
)

/** The sentences are made where the list is read. */
function unread(): string {
  throw new Error('a list on its way to another thread has no sentences')
}

function emptyList(ground: Ground, { table, people, reviewRows, given }: FindingContext): FindingList {
  return new FindingList(table, people, reviewRows, (code) => isMade(code, given), sentencesOn(ground))
}

function findingsOfHouseholds(ground: Ground, context: FindingContext): HouseholdFindings {
  const out = emptyList(ground, context)
  const observers = HOUSEHOLD_DETECTORS.map((detector) => detector.observe(ground))
  const situation = new Situation(ground)
  for (let person = 0; person < ground.people.count; person++) {
    situation.build(person)
    for (const observer of observers) observer.see(situation)
  }
  for (const observer of observers) observer.finish(out)
  return {
    findings: out.handle,
    replacedPairs: [...ground.replacedPairs],
    replacedMissing: [...ground.replacedMissing],
  }
}

function askedPeople(ground: Ground, context: FindingContext): AskedPeople {
  const findings = emptyList(ground, context)
  const waiting = askPeople(new Situation(ground), findings)
  return { ground, findings, waiting }
}

function askPeople(situation: Situation, out: FindingList): readonly number[] {
  const when = Int32Array.from(PERSON_DETECTORS, (detector) => detector.when)
  const waits = Uint8Array.from(PERSON_DETECTORS, (detector) => (detector.waitsForHouseholds === true ? 1 : 0))
  const waiting: number[] = []
  const { count } = situation.ground.people
  for (let person = 0; person < count; person++) {
    situation.build(person)
    const { bits } = situation
    for (let d = 0; d < when.length; d++) {
      if ((bits & when[d]) !== when[d]) continue
      if (waits[d] === 0) PERSON_DETECTORS[d].detect(situation, out)
      else if (waiting[waiting.length - 1] !== person) waiting.push(person)
    }
  }
  return waiting
}

function askRows(ground: RegisterGround, out: FindingList): void {
  const { starts } = ground.table
  for (const detector of ROW_DETECTORS) {
    for (const register of detector.registers) {
      if (!ground.given[register]) continue
      for (let row = starts[register]; row < starts[register + 1]; row++) detector.detect(row, ground, out)
    }
  }
}

function isMade(code: FindingCode, given: ReadonlySet<RegisterName>): boolean {
  const entry = FINDING_TABLE[code]
  return entry.notMade === undefined && entry.registers.every((register) => given.has(register))
}

/** The list that another thread made, with its sentences. */
export function openFindings(
  context: Omit<FindingContext, 'given' | 'reviewRows'>,
  handle: FindingListHandle,
): FindingList {
  const { table, people, settings, names } = context
  const nameReader = new NameReader(table.names, names)
  const ground = { table, people, settings, reference: settings.referenceDate, nameReader }
  return FindingList.open(table, people, sentencesOn(ground), handle)
}

function sentencesOn(ground: WordGround): (finding: Finding) => string {
  const words = new Words(ground)
  return (finding) => sayFinding(finding, words)
}

/** One Chinese sentence without names and numbers of persons. */
function sayFinding(finding: Finding, words: Words): string {
  const sentence = SENTENCES[finding.code]?.(finding, words) ?? `${FINDING_TABLE[finding.code].zh}。`
  const timing = finding.isTiming ? '(登记截止日早于标准时点，可能为时间差)' : ''
  return `${sentence}${timing}${finding.isLinkPending ? '(链接待确认)' : ''}`
}

/**
 * The same detectors over administrative registers alone. `people` must have been linked without the census, so that
 * every finding is provable without it (what may be sent to police); what is only supposed proves nothing.
 */
export function detectAdministrativeFindings(context: FindingContext): FindingList {
  const given = new Set(REGISTERS.filter((register) => context.given.has(register) && !register.startsWith('census')))
  return detectFindings({ ...context, given, supposedPeople: [] })
}
