/**
 * All findings of a reconciliation, in one pass over the people and one over the registers.
 *
 * In:  records, people, settings, which registers were given. Out: a FindingList; same input, same list.
 * People pass once: detectors that match their situation speak, household detectors watch. Then the households speak,
 * and the few people who had to wait for them are asked. Registers and rows are looked at by themselves: another thread
 * can do it meanwhile.
 * Pure. Outputs, order of files and finding ids are left to the report.
 */
import { REGISTERS, type RegisterName } from '../registers/columns.ts'
import { HOUSEHOLD_DETECTORS, PERSON_DETECTORS, REGISTER_DETECTORS, ROW_DETECTORS } from './detectors/index.ts'
import type { Sentences } from './detector.ts'
import { type Finding, FindingList, type FindingListHandle } from './finding-list.ts'
import { type FindingContext, Ground } from './ground.ts'
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
  const out = findingsOfPeople(ground, context)
  findingsOfRegisters(ground, out)
  return out
}

/** The first half of detectFindings: what people and households tell. */
export function detectPeople(context: FindingContext): FindingList {
  return findingsOfPeople(new Ground(context), context)
}

/** The second half, to be put behind the first: what registers and their rows tell by themselves. */
export function detectRegisters(context: FindingContext): FindingList {
  const ground = new Ground(context)
  const out = emptyList(ground, context)
  findingsOfRegisters(ground, out)
  return out
}

function emptyList(ground: Ground, { table, people, reviewRows, given }: FindingContext): FindingList {
  return new FindingList(table, people, reviewRows, (code) => isMade(code, given), sentencesOn(ground))
}

function findingsOfPeople(ground: Ground, context: FindingContext): FindingList {
  const out = emptyList(ground, context)
  const observers = HOUSEHOLD_DETECTORS.map((detector) => detector.observe(ground))
  const situation = new Situation(ground)
  const waiting = askPeople(situation, observers, out)
  for (const observer of observers) observer.finish(out)
  for (const person of waiting) {
    situation.build(person)
    for (const detector of PERSON_DETECTORS)
      if (detector.waitsForHouseholds === true && (situation.bits & detector.when) === detector.when)
        detector.detect(situation, out)
  }
  return out
}

function findingsOfRegisters(ground: Ground, out: FindingList): void {
  for (const detector of REGISTER_DETECTORS) detector.detect(ground, out)
  askRows(ground, out)
}

function askPeople(
  situation: Situation,
  observers: readonly { see(situation: Situation): void }[],
  out: FindingList,
): readonly number[] {
  const when = Int32Array.from(PERSON_DETECTORS, (detector) => detector.when)
  const waits = Uint8Array.from(PERSON_DETECTORS, (detector) => (detector.waitsForHouseholds === true ? 1 : 0))
  const waiting: number[] = []
  const { count } = situation.ground.people
  for (let person = 0; person < count; person++) {
    situation.build(person)
    for (const observer of observers) observer.see(situation)
    const { bits } = situation
    for (let d = 0; d < when.length; d++) {
      if ((bits & when[d]) !== when[d]) continue
      if (waits[d] === 0) PERSON_DETECTORS[d].detect(situation, out)
      else if (waiting[waiting.length - 1] !== person) waiting.push(person)
    }
  }
  return waiting
}

function askRows(ground: Ground, out: FindingList): void {
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
  const timing = finding.isTiming ? '(登记截止日早于标准时点,可能为时间差)' : ''
  return `${sentence}${timing}${finding.isLinkPending ? '(链接待确认)' : ''}`
}

/**
 * The same detectors over administrative registers alone. `people` must have been linked without the census, so that
 * every finding is provable without it (what may be sent to police).
 */
export function detectAdministrativeFindings(context: FindingContext): FindingList {
  const given = new Set(REGISTERS.filter((register) => context.given.has(register) && !register.startsWith('census')))
  return detectFindings({ ...context, given })
}
