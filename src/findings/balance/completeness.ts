/**
 * Are the deaths and births of the year complete? Crude rates and ratios between registers, with a flag and its reason.
 *
 * In:  the ground and the number of usual residents. Out: one line a source of deaths or births, flagged if it cannot
 * be complete. A flag is a question to the office, not a finding on anybody.
 */
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { type Ground, STANDING, STATUS } from '../ground.ts'

/** A county whose crude death rate is lower has not registered all its deaths. */
const CRUDE_DEATHS_MIN = 0.004
/** Infants on the forms against certificates of the year, either way: further apart, one of them is incomplete. */
const INFANTS_RATIO_MIN = 0.95
/** So few births say nothing. */
const EVENTS_MIN = 50
/** Under so many residents a year's events are too few to say anything. */
const RESIDENTS_MIN = 5000

export interface Completeness {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly events: number
  /** Residents, or the events it is held against. */
  readonly base: number
  readonly rate: number
  readonly min: number
  readonly flag: 'complete' | 'incomplete' | 'too-few'
}

export function measureCompleteness(ground: Ground, residents: number): readonly Completeness[] {
  return [...deathLines(ground, residents), ...birthLines(ground)]
}

/** Crude death rates, of each register that was given. */
function deathLines(ground: Ground, residents: number): readonly Completeness[] {
  const { given, table } = ground
  const { status, death, cancelled } = table.columns
  const sources = [
    {
      register: DEATHS,
      name: 'deaths-certificates',
      zh: '死亡证明：普查年度粗死亡率',
      en: 'certificates: crude death rate of the census year',
      counts: (row: number) => ground.isInWindow(death[row]),
    },
    {
      register: CENSUS_DEATHS,
      name: 'deaths-forms',
      zh: '死亡表：粗死亡率',
      en: 'death forms: crude death rate',
      counts: () => true,
    },
    {
      register: POLICE,
      name: 'deaths-police',
      zh: '户籍：普查年度死亡注销率',
      en: 'police: cancelled for death in the census year',
      counts: (row: number) =>
        ground.standing[row] !== STANDING.ineffective &&
        status[row] === STATUS.dead &&
        ground.isInWindow(death[row] || cancelled[row]),
    },
  ]
  const isFew = residents < RESIDENTS_MIN
  return sources
    .filter(({ register }) => given[register])
    .map(({ register, name, zh, en, counts }) => {
      const events = countPeople(ground, register, counts)
      return flagged({ name, zh, en, events, base: residents, min: CRUDE_DEATHS_MIN }, isFew)
    })
}

/** Infants on the forms and certificates of the year, each by the other. */
function birthLines(ground: Ground): readonly Completeness[] {
  const { given } = ground
  if (!given[BIRTHS] || !given[CENSUS]) return []
  const certificates = countPeople(ground, BIRTHS, (row) => isInfant(ground, row))
  const infants = countPeople(ground, CENSUS, (row) => isInfant(ground, row))
  const isFew = Math.min(certificates, infants) < EVENTS_MIN
  const forms = {
    name: 'births-forms',
    zh: '0 岁短表人数/出生证明',
    en: 'infants on the forms by certificates of the year',
  }
  const others = {
    name: 'births-certificates',
    zh: '出生证明/0 岁短表人数',
    en: 'certificates of the year by infants on the forms',
  }
  return [
    flagged({ ...forms, events: infants, base: certificates, min: INFANTS_RATIO_MIN }, isFew),
    flagged({ ...others, events: certificates, base: infants, min: INFANTS_RATIO_MIN }, isFew),
  ]
}

function isInfant(ground: Ground, row: number): boolean {
  return ground.isInWindow(ground.table.columns.birth[row])
}

/** People with a row of the register that passes; several rows of one person are one event. */
function countPeople(ground: Ground, register: number, passes: (row: number) => boolean): number {
  const { table, people } = ground
  const isSeen = new Uint8Array(people.count)
  let count = 0
  for (let row = table.starts[register]; row < table.starts[register + 1]; row++) {
    if (isSeen[people.personOf[row]] === 1 || !passes(row)) continue
    isSeen[people.personOf[row]] = 1
    count++
  }
  return count
}

/** @param isFew too few events or residents to say anything */
function flagged(line: Omit<Completeness, 'rate' | 'flag'>, isFew: boolean): Completeness {
  const rate = line.base === 0 ? 0 : line.events / line.base
  const flag = isFew ? 'too-few' : rate < line.min ? 'incomplete' : 'complete'
  return { ...line, rate, flag }
}
