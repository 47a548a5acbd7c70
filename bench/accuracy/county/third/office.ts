/**
 * What kind of office keeps the registers of one county: every rate is drawn, none is set.
 *
 * In:  the county's random stream. Out: rates, and which columns and styles the files have.
 * Each rate has a range as wide as offices differ, drawn evenly on a log scale, and each register has one clerk
 * whose care multiplies its typing errors: errors of one office come together, as they do.
 */
import type { Random } from '../../../../src/synth/random.ts'

const RANGES = {
  // What the register office does.
  policeNumberMissing: [0.0003, 0.008],
  policeNumberLegacy: [0.001, 0.03],
  policeNumberSlip: [0.0003, 0.003],
  policeNumberReissued: [0.0005, 0.004],
  policePlaceholder: [0.0002, 0.003],
  policeChildBearsParent: [0.001, 0.03],
  policeShared: [0.0001, 0.001],
  policeBirthSlip: [0.001, 0.006],
  policeNameSlip: [0.001, 0.006],
  lunarRegistered: [0.002, 0.05],
  policeTwice: [0.0003, 0.002],
  policeTwoHukou: [0.0005, 0.004],
  moveNotCancelled: [0.02, 0.12],
  deathNotCancelled: [0.08, 0.4],
  birthNotRegistered: [0.01, 0.08],
  brideKeepsHukou: [0.15, 0.5],
  brideHasBoth: [0.005, 0.05],
  oldVersions: [0.02, 0.15],
  reversedRows: [0.0005, 0.004],
  // What enumerators do.
  numberMissingPresent: [0.004, 0.1],
  numberMissingAway: [0.002, 0.05],
  numberSlip: [0.002, 0.015],
  numberSlipFits: [0.0001, 0.001],
  numberPlaceholder: [0.0005, 0.006],
  numberOfKin: [0.0005, 0.006],
  nameSlip: [0.003, 0.03],
  petName: [0.002, 0.03],
  babyName: [0.05, 0.5],
  traditional: [0.0002, 0.01],
  birthMissing: [0.0005, 0.015],
  birthSlip: [0.003, 0.02],
  birthLunar: [0.005, 0.06],
  birthNewYear: [0.001, 0.02],
  sexSlip: [0.0004, 0.004],
  groupSlip: [0.0005, 0.01],
  personMissed: [0.003, 0.02],
  householdMissed: [0.002, 0.012],
  awayRowMissing: [0.03, 0.2],
  residenceRowMissing: [0.02, 0.15],
  kinSayHome: [0.01, 0.1],
  visitedTwice: [0.001, 0.008],
  personTwice: [0.001, 0.006],
  durationDiffers: [0.05, 0.3],
  placeMisreported: [0.02, 0.12],
  countWrong: [0.005, 0.05],
  deadListed: [0.01, 0.1],
  deathFormMissing: [0.1, 0.45],
  deathFormStray: [0.02, 0.15],
  // Certificates.
  certificateNumberMissing: [0.01, 0.2],
  certificateNumberSlip: [0.002, 0.015],
  certificateNameSlip: [0.005, 0.03],
  certificateUnnamed: [0.1, 0.7],
  deathCertificateMissing: [0.05, 0.4],
  birthCertificateMissing: [0.02, 0.12],
  // Characters that the programs cannot write.
  rareLost: [0.05, 0.6],
  pointSpelling: [0.1, 0.9],
} as const

export type Rate = keyof typeof RANGES
type Style = 'zh' | 'canonical' | 'police'

export interface Office {
  readonly rates: Readonly<Record<Rate, number>>
  readonly headers: Style
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'gb18030'
  /** Columns that the contract does not ask for and this office does not export. */
  readonly absent: ReadonlySet<string>
  /** How the register and the enumerators write what their programs cannot. */
  readonly rareMarks: Readonly<Record<'police' | 'census' | 'papers', string>>
  readonly dateMark: Readonly<Record<'police' | 'papers', string>>
  readonly minorityShare: number
  readonly addressDetail: number
}

const TYPED: Readonly<Record<string, RegExp>> = {
  police: /^police.*(Slip|Missing|Twice|Two|Shared)/,
  census: /^(number|name|birth|sex|group)(Missing|Slip|Of|Place|Lunar|New)/,
  papers: /^certificate/,
}

const OPTIONAL: readonly (readonly [column: string, probability: number])[] = [
  ['police.person_no', 0.25],
  ['police.former_name', 0.35],
  ['police.ethnicity', 0.05],
  ['police.father_id,mother_id,spouse_id', 0.4],
  ['police.father_name,mother_name,spouse_name', 0.2],
  ['police.address', 0.08],
  ['census.address', 0.35],
  ['census.away_reason', 0.3],
  ['census.ethnicity', 0.1],
  ['census.persons_present,persons_away', 0.15],
  ['census_deaths.id_number', 0.35],
  ['census_deaths.age', 0.2],
  ['births.address', 0.3],
  ['births.father_id', 0.15],
  ['deaths.address', 0.3],
  ['deaths.area_code', 0.1],
]

export function drawOffice(random: Random): Office {
  const rates = {} as Record<Rate, number>
  const care = Object.entries(TYPED).map(([, names]) => ({ names, times: Math.exp((random.next() - 0.5) * 1.6) }))
  for (const [rate, [low, high]] of Object.entries(RANGES) as [Rate, readonly [number, number]][]) {
    const clerk = care.find(({ names }) => names.test(rate))
    const drawn = low * (high / low) ** random.next() * (clerk?.times ?? 1)
    rates[rate] = Math.min(high, Math.max(low, drawn))
  }
  const absent = new Set<string>()
  for (const [columns, probability] of OPTIONAL) {
    if (!random.chance(probability)) continue
    const [register, names] = columns.split('.') as [string, string]
    for (const name of names.split(',')) absent.add(`${register}.${name}`)
  }
  const mark = (): string => random.pick(['pinyin', '□', '·', '?', '*', 'kin'])
  return {
    rates,
    headers: random.pick(['zh', 'canonical', 'police']),
    encoding: random.pick(['utf-8', 'utf-8-bom', 'gb18030']),
    absent,
    rareMarks: { police: mark(), census: mark(), papers: mark() },
    dateMark: { police: random.pick(['', '-', '/']), papers: random.pick(['', '-', '/']) },
    minorityShare: random.pick([0, 0.01, 0.03, 0.08, 0.25]),
    addressDetail: random.next(),
  }
}
