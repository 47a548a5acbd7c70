/**
 * What the report says, as counts: read from summary.json, run.sqlite and the Arrow files of a finished run.
 *
 * In:  a run directory. Out: ReportData, level L0: no names, no numbers, no places below the township but the workload of
 * a 普查小区. Missing files leave their section out; nothing is guessed. Drawing is charts.ts, words are page.ts.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Table } from 'apache-arrow'
import { readArrow } from '../arrow.ts'
import { AnswerStore } from '../lists/answer-store.ts'
import { closesCase, VERDICTS, type Verdict } from '../lists/questions.ts'
import { birthDigits, sexOf } from '../lists/record-words.ts'
import { RunSource } from '../lists/run-source.ts'
import { weightOfProbability } from '../../linking/people.ts'
import { linkThresholds } from '../../settings.ts'
import { runFile } from '../../store/run-file.ts'
import type { Summary } from '../summary.ts'
import { type AgeBand, widenedBands } from './age-bands.ts'
import { SMALL_CELL } from './suppression.ts'
import { readRunJson } from '../run-directory/read-run-json.ts'

export interface Flow {
  /** Townships, nine digits. */
  readonly from: string
  readonly to: string
  /** People whom the hukou side has as away and who were found there; people found there who say they come from here. */
  readonly away: number
  readonly present: number
}

interface FieldAnswers {
  /** Findings sent, answered so that the case is closed, and answered without result; by township. */
  readonly townships: readonly {
    readonly township: string
    readonly sent: number
    readonly closed: number
    readonly open: number
  }[]
  readonly verdicts: readonly { readonly verdict: Verdict; readonly count: number }[]
}

export interface ReportData {
  readonly summary: Summary
  readonly purpose: string
  readonly authorisation: string
  /** Nine-digit code → name, where addresses give one. */
  readonly townshipNames: ReadonlyMap<string, string>
  readonly flows: readonly Flow[]
  readonly missing: readonly AgeBand[]
  /** Missing people whose age or sex is not known. */
  readonly missingUnknown: number
  readonly blocks: readonly { readonly block: string; readonly findings: number }[]
  /** What the field has answered; undefined where no list was sent. */
  readonly answers: FieldAnswers | undefined
  /** Milli-bits at and above which a pair is a link, and below which it is none; undefined where the run does not say. */
  readonly thresholds: { readonly link: number; readonly review: number } | undefined
}

const MISSING_CODES = [
  'missing-everywhere',
  'whole-household-missing',
  'missing-at-residence',
  'newborn-missing',
] as const
const BAND = 5
const OLDEST = 100

export function readReportData(directory: string): ReportData {
  const path = runFile(directory, 'summary.json')
  const summary = readRunJson(path) as Summary
  const source = new RunSource(directory)
  try {
    return {
      summary,
      townshipNames: source.townshipNames(),
      purpose: source.setting('purpose'),
      authorisation: source.setting('authorisation'),
      flows: flowsOf(directory, summary.loaded_counties),
      ...missingOf(source, Number(summary.reference_date.slice(0, 4)), summary.reference_date.replaceAll('-', '')),
      blocks: source.blockCounts().filter(({ findings }) => findings >= SMALL_CELL),
      answers: answersOf(source),
      thresholds: thresholdsOf(directory, source),
    }
  } finally {
    source.close()
  }
}

/** The ages of people the census did not find. One person counts once, whatever findings name him. */
function missingOf(
  source: RunSource,
  year: number,
  referenceDay: string,
): { readonly missing: readonly AgeBand[]; readonly missingUnknown: number } {
  const bands = new Map<number, { male: number; female: number }>()
  const seen = new Set<string>()
  let missingUnknown = 0
  for (const finding of source.findings({ codes: MISSING_CODES }))
    for (const record of source.recordsOfFinding(finding.findingId)) {
      if (seen.has(record.personId)) continue
      seen.add(record.personId)
      const birth = birthDigits(record)
      const sex = sexOf(record)
      if (birth.length < 4 || (sex !== '男' && sex !== '女')) {
        missingUnknown++
        continue
      }
      const hadBirthday = birth.slice(4).padEnd(4, '0') <= referenceDay.slice(4)
      const age = Math.max(0, year - Number(birth.slice(0, 4)) - (hadBirthday ? 0 : 1))
      const from = Math.min(OLDEST, age - (age % BAND))
      const band = bands.get(from) ?? { male: 0, female: 0 }
      band[sex === '男' ? 'male' : 'female']++
      bands.set(from, band)
    }
  const top = Math.max(-BAND, ...bands.keys())
  const missing: AgeBand[] = []
  for (let from = 0; from <= top; from += BAND) {
    const to = from === OLDEST ? Number.POSITIVE_INFINITY : from + BAND - 1
    missing.push({ from, to, ...(bands.get(from) ?? { male: 0, female: 0 }) })
  }
  return { missing: widenedBands(missing), missingUnknown }
}

/** In milli-bits, as weights are counted. */
function thresholdsOf(directory: string, source: RunSource): ReportData['thresholds'] {
  const [link, review] = ['link_threshold', 'review_threshold'].map((key) => Number(source.setting(key) || Number.NaN))
  if (Number.isFinite(link) && Number.isFinite(review)) return { link, review }
  const path = join(directory, 'manifest.json')
  if (!existsSync(path)) return undefined
  const manifest = readRunJson(path) as { settings?: { max_false_link_rate?: number } }
  const rate = manifest.settings?.max_false_link_rate
  if (rate === undefined) return undefined
  const probabilities = linkThresholds(rate)
  return { link: weightOfProbability(probabilities.link), review: weightOfProbability(probabilities.review) }
}

/** A finding that was sent in two lists counts once; an answer taken over from an earlier run counts as sent. */
function answersOf(source: RunSource): FieldAnswers | undefined {
  const store = new AnswerStore(source.directory, 'read')
  try {
    const standing = store.standing()
    const sent = new Map(
      store
        .sentFindings()
        // Of lists of earlier nights: what is found no more is not waited for.
        .filter(({ findingId }) => standing.has(findingId) || source.finding(findingId) !== undefined)
        .map(({ findingId, township }) => [findingId, township]),
    )
    for (const findingId of standing.keys()) {
      const finding = source.finding(findingId)
      if (finding !== undefined && !sent.has(findingId)) sent.set(findingId, finding.areaCode.slice(0, 9))
    }
    if (sent.size === 0) return undefined
    const townships = new Map<string, { sent: number; closed: number; open: number }>()
    for (const [findingId, township] of sent) {
      const own = townships.get(township) ?? { sent: 0, closed: 0, open: 0 }
      own.sent++
      const answer = standing.get(findingId)
      if (answer !== undefined) own[closesCase(answer.verdict) ? 'closed' : 'open']++
      townships.set(township, own)
    }
    const counts = new Map<Verdict, number>()
    for (const { verdict } of standing.values()) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
    return {
      townships: [...townships]
        .map(([township, own]) => ({ township, ...own }))
        .sort((a, b) => (a.township < b.township ? -1 : 1)),
      verdicts: VERDICTS.flatMap((verdict) => {
        const count = counts.get(verdict) ?? 0
        return count === 0 ? [] : [{ verdict, count }]
      }),
    }
  } finally {
    store.close()
  }
}

const HERE = 1
const OTHER_TOWNSHIP_SAME_COUNTY = 4
/** The same, as D8 counts. */
const OTHER_TOWNSHIP = 3

/** From the hukou township to the township of residence, as either side says it. */
function flowsOf(directory: string, counties: readonly string[]): Flow[] {
  const path = join(directory, 'records.arrow')
  if (!existsSync(path)) return []
  const records = readArrow(path)
  const columnOf = (table: Table, name: string) => {
    const vector = table.getChild(name)
    if (vector === null) throw new Error(`${path} has no column ${name}`)
    return vector
  }
  const person = columnOf(readArrow(join(directory, 'people.arrow')), 'person')
  const names = ['area_code', 'hukou_area_code', 'residence', 'hukou_place', 'status', 'register']
  const [area, hukou, residence, place, status, register] = names.map((name) => columnOf(records, name))
  const rows = records.numRows
  // Where each person was found present in another township; the first in table order, which follows values.
  const presentAt = new Map<number, string>()
  const pairs = new Map<string, { away: number; present: number }>()
  const isTownship = (code: string) => code.length === 9 && counties.includes(code.slice(0, 6))
  const add = (from: string, to: string, side: 'away' | 'present') => {
    if (from === to || !isTownship(from) || !isTownship(to)) return
    const key = `${from}>${to}`
    const pair = pairs.get(key) ?? { away: 0, present: 0 }
    pair[side]++
    pairs.set(key, pair)
  }
  // Where the form names no township of the hukou, the register's own row does: the first normal one in table order.
  const registered = new Map<number, string>()
  for (let row = 0; row < rows && String(register.get(row)) === 'police'; row++)
    if (Number(status.get(row)) === 0 && !registered.has(Number(person.get(row))))
      registered.set(Number(person.get(row)), townshipText(area.get(row)))
  for (let row = 0; row < rows; row++) {
    // Only census rows have a residence.
    if (Number(residence.get(row)) !== HERE) continue
    const here = townshipText(area.get(row))
    const owner = Number(person.get(row))
    if (!presentAt.has(owner)) presentAt.set(owner, here)
    const said = townshipText(hukou.get(row))
    const isShort = said.length < 9 && Number(place.get(row)) === OTHER_TOWNSHIP
    add(isShort ? (registered.get(owner) ?? '') : said, here, 'present')
  }
  for (let row = 0; row < rows; row++) {
    if (Number(residence.get(row)) !== OTHER_TOWNSHIP_SAME_COUNTY) continue
    add(townshipText(area.get(row)), presentAt.get(Number(person.get(row))) ?? '', 'away')
  }
  return [...pairs]
    .map(([key, counts]) => ({ from: key.slice(0, 9), to: key.slice(10), ...counts }))
    .filter(({ away, present }) => Math.max(away, present) >= SMALL_CELL)
    .sort((a, b) => b.present + b.away - a.present - a.away || (a.from + a.to < b.from + b.to ? -1 : 1))
}

function townshipText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 9) : ''
}
