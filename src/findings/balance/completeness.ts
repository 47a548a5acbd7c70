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
  const { given } = ground
  const lines: Completeness[] = []
  const deaths = (name: string, zh: string, en: string, events: number): void => {
    lines.push(flagged(name, zh, en, events, residents, CRUDE_DEATHS_MIN, residents < RESIDENTS_MIN))
  }
  if (given[DEATHS])
    deaths(
      'deaths-certificates',
      '死亡证明:普查年度粗死亡率',
      'certificates: crude death rate of the census year',
      countPeople(ground, DEATHS, (row) => ground.isInWindow(ground.table.columns.death[row])),
    )
  if (given[CENSUS_DEATHS])
    deaths(
      'deaths-forms',
      '死亡表:粗死亡率',
      'death forms: crude death rate',
      countPeople(ground, CENSUS_DEATHS, () => true),
    )
  if (given[POLICE])
    deaths(
      'deaths-police',
      '户籍:普查年度死亡注销率',
      'police: cancelled for death in the census year',
      countPeople(ground, POLICE, (row) => {
        const { status, death, cancelled } = ground.table.columns
        return (
          ground.standing[row] !== STANDING.ineffective &&
          status[row] === STATUS.dead &&
          ground.isInWindow(death[row] || cancelled[row])
        )
      }),
    )
  if (given[BIRTHS] && given[CENSUS]) {
    const certificates = countPeople(ground, BIRTHS, (row) => isInfant(ground, row))
    const infants = countPeople(ground, CENSUS, (row) => isInfant(ground, row))
    const isFew = Math.min(certificates, infants) < 50
    lines.push(
      flagged(
        'births-forms',
        '0 岁短表人数/出生证明',
        'infants on the forms by certificates of the year',
        infants,
        certificates,
        INFANTS_RATIO_MIN,
        isFew,
      ),
      flagged(
        'births-certificates',
        '出生证明/0 岁短表人数',
        'certificates of the year by infants on the forms',
        certificates,
        infants,
        INFANTS_RATIO_MIN,
        isFew,
      ),
    )
  }
  return lines
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

function flagged(
  name: string,
  zh: string,
  en: string,
  events: number,
  base: number,
  min: number,
  isFew: boolean,
): Completeness {
  const rate = base === 0 ? 0 : events / base
  return { name, zh, en, events, base, rate, min, flag: isFew ? 'too-few' : rate < min ? 'incomplete' : 'complete' }
}
