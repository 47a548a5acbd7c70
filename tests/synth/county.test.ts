import areas from 'idcard/lib/data/area.json' with { type: 'json' }
import { beforeAll, describe, expect, test } from 'vitest'
import { BiduiError } from '../../src/errors.ts'
import { checkRates, observeCounty, REGISTER_NAMES } from '../../src/synth/index.ts'
import { completeRates, PRESET_NAMES } from '../../src/synth/rates.ts'
import type { CensusRow, Registers } from '../../src/synth/rows.ts'
import { judgeCounty, MUST_CODES, type TruthFinding } from '../../src/synth/truth/index.ts'
import { readNumber } from '../../src/synth/truth/number-readings.ts'
import { checkDigit } from '../../src/synth/world/id-numbers.ts'

const COUNTY = '513027'

function judge(registers: Registers): { counts: ReadonlyMap<string, number>; findings: TruthFinding[] } {
  const findings: TruthFinding[] = []
  const counts = judgeCounty(registers, COUNTY, (finding) => findings.push(finding))
  return { counts, findings }
}

describe('a county without errors', () => {
  let clean: Registers
  beforeAll(() => {
    clean = observeCounty(6000, 'clean', completeRates('clean'))
  })

  test('every number in the police register has 18 characters and the right check digit', () => {
    const numbers = clean.police.map((row) => row.id_number)
    expect(numbers.length).toBeGreaterThan(4000)
    expect(numbers.filter((number) => checkDigit(number.slice(0, 17)) !== number[17] || number.length !== 18)).toEqual(
      [],
    )
  })

  test('a person living apart from the hukou counts once, whatever the distance and the time', () => {
    const { findings } = judge(clean)
    const byId = new Map(clean.census.map((row) => [row.record_id, row]))
    const pairs = findings.filter((finding) => finding.code === 'separated-pair' && finding.must)
    expect(pairs.length).toBeGreaterThan(300)
    for (const { keys } of pairs) {
      const sum = keys.reduce((total, key) => total + contribution(byId.get(key.recordId) as CensusRow), 0)
      expect(sum, keys.map((key) => key.recordId).join(' ')).toBe(1)
    }
  })

  test('nobody is found twice, misplaced or misspelt', () => {
    const { counts } = judge(clean)
    const errors = [
      'present-twice',
      'duplicate-same-place',
      'duplicate-cross-place',
      'household-duplicate',
      'present-and-away',
      'residence-claim-mismatch',
      'halfyear-conflict-double',
      'halfyear-conflict-zero',
      'household-count-mismatch',
      'id-missing',
      'id-invalid-check',
      'id-sex-mismatch',
      'main-item-error',
      'whole-household-missing',
      'missing-at-residence',
      'counted-dead',
      'military-counted',
    ]
    expect(errors.filter((code) => counts.has(code))).toEqual([])
  })
})

test('no good number can belong to anybody: its area was abolished before the birth or never issued', () => {
  // Second numbers, shifted births and slips of the pen are made often here: they must be safe as well.
  const registers = observeCounty(
    8000,
    'areas',
    completeRates('hard', {
      'hukou.double': 0.2,
      'hukou.double.other-id': 1,
      'hukou.old-version': 0.2,
      'hukou.old-version.id': 1,
    }),
  )
  const issued = new Set(Object.keys(areas))
  const isNumber = (column: string): boolean =>
    column.endsWith('_id') ? column !== 'record_id' : column === 'id_number'
  const written = REGISTER_NAMES.flatMap((register) =>
    registers[register].flatMap((row) =>
      Object.entries(row).flatMap(([column, text]) => (isNumber(column) ? [text as string] : [])),
    ),
  )
  const good = written.map(readNumber).filter((number) => number.kind === 'good')
  expect(good.length).toBeGreaterThan(10000)
  const possible = good.filter(
    ({ value }) => issued.has(value.slice(0, 6)) && !(value.startsWith(COUNTY) && value.slice(6, 10) >= '1994'),
  )
  expect(new Set(possible.map(({ value }) => value.slice(0, 10)))).toEqual(new Set())
})

describe('a typical county of 30,000', () => {
  let typical: Registers
  let found: ReturnType<typeof judge>
  beforeAll(() => {
    typical = observeCounty(30000, '1', completeRates('typical'))
    found = judge(typical)
  })

  test('has every finding that must be made', () => {
    expect(MUST_CODES.filter((code) => !found.counts.has(code))).toEqual([])
    expect([...found.counts.keys()].filter((code) => !MUST_CODES.includes(code))).toEqual([])
  })

  test('names only records that exist, and each record once in a finding', () => {
    const ids = new Set(
      REGISTER_NAMES.flatMap((register) => typical[register].map((row) => `${register}:${row.record_id}`)),
    )
    expect(ids.size).toBe(REGISTER_NAMES.reduce((sum, register) => sum + typical[register].length, 0))
    for (const { keys } of found.findings) {
      const named = keys.map((key) => `${key.register}:${key.recordId}`)
      expect(named.every((name) => ids.has(name))).toBe(true)
      expect(new Set(named).size).toBe(named.length)
    }
  })

  test.each([
    [
      'numbers missing of adults away',
      'census.id.missing',
      (row: CensusRow) => isAdult(row) && row.residence !== '1',
      (row: CensusRow) => row.id_number === '',
    ],
    ['birth months missing', 'census.birth.blank', () => true, (row: CensusRow) => row.birth_month === ''],
    [
      'numbers of a wrong length',
      'census.id.length',
      isAdult,
      (row: CensusRow) =>
        /^([0-9]{17}|[0-9]{18}|[0-9]{19}|[0-9]{18}X|[0-9]{16}X)$/.test(row.id_number) &&
        row.id_number.length !== 18 &&
        row.id_number.length !== 15,
    ],
    [
      'numbers with one digit wrong',
      'census.id.digit',
      isAdult,
      (row: CensusRow) =>
        /^[0-9]{17}[0-9X]$/.test(row.id_number) &&
        !/000$|^(.)\1+$/.test(row.id_number) &&
        checkDigit(row.id_number.slice(0, 17)) !== row.id_number[17],
    ],
    [
      'full dates where a month is asked',
      'census.birth.day',
      () => true,
      (row: CensusRow) => row.birth_month.length === 8,
    ],
  ] as const)('%s: as often as the table says', (_, rate, among, holds) => {
    const asked = typical.census.filter(among)
    const rates = completeRates('typical')
    // Exchanged digits fail the check too, and a lost X is a lost digit for one number in eleven.
    const beside =
      rate === 'census.id.digit'
        ? rates['census.id.swap'] + rates['census.id.jump']
        : rate === 'census.id.length'
          ? rates['census.id.no-x'] / 11
          : 0
    near(asked.filter(holds).length / asked.length, rates[rate] + beside)
  })

  test('four of ten hukou holders live away, and one baby in sixty is a twin', () => {
    const away = typical.census.filter((row) => row.residence !== '1').length / typical.police.length
    expect(away).toBeGreaterThan(0.3)
    expect(away).toBeLessThan(0.45)
    expect(typical.births.filter((row) => row.birth_order === '2').length).toBeLessThan(12)
  })
})

test('the preset minority writes about six of ten names with a dot or without a surname', () => {
  const registers = observeCounty(4000, 'dots', completeRates('minority'))
  const dotted = registers.police.filter((row) => /[·•‧・･.．]/.test(row.name)).length / registers.police.length
  expect(dotted).toBeGreaterThan(0.5)
  expect(dotted).toBeLessThan(0.7)
})

test('the preset no-id leaves six of ten census rows without a number', () => {
  const { census } = observeCounty(4000, 'none', completeRates('no-id'))
  near(census.filter((row) => row.id_number === '').length / census.length, 0.6, 0.05)
})

test('a rate given by the caller outranks the preset', () => {
  const none = observeCounty(
    2000,
    'r',
    completeRates('typical', { 'census.id.missing': 0, 'census.id.missing.present': 0, 'census.id.missing.infant': 0 }),
  )
  expect(none.census.filter((row) => row.id_number === '')).toEqual([])
})

test('the errors of one register leave the others as they were', () => {
  const calm = observeCounty(2000, 'r', completeRates('typical'))
  const wild = observeCounty(2000, 'r', completeRates('typical', { 'census.name.sound': 0.5 }))
  expect(wild.census).not.toEqual(calm.census)
  expect(wild.police).toEqual(calm.police)
  expect(wild.deaths).toEqual(calm.deaths)
})

test.each([
  [{ 'census.id.mising': 0.1 }, 'did you mean "census.id.missing"?'],
  [{ 'census.id.missing': 2 }, 'from 0 to 1'],
  [{ 'census.id.missing': 'often' }, 'from 0 to 1'],
])('rates %j are refused', (changes, message) => {
  expect(() => checkRates(changes)).toThrow(BiduiError)
  expect(() => checkRates(changes)).toThrow(message)
})

test('every preset makes a county', () => {
  for (const preset of PRESET_NAMES)
    expect(observeCounty(800, 'p', completeRates(preset)).census.length).toBeGreaterThan(500)
})

function near(observed: number, planned: number, tolerance = 0.3): void {
  expect(observed).toBeGreaterThan(planned * (1 - tolerance))
  expect(observed).toBeLessThan(planned * (1 + tolerance))
}

function isAdult(row: CensusRow): boolean {
  return row.birth_month !== '' && row.birth_month.replace('-', '') < '2010'
}

/** The count function of the census (domain: count function), for one row: residents of its township. */
function contribution(row: CensusRow): number {
  const place = row.residence
  if (place === '1') {
    if (['1', '2', '5'].includes(row.hukou_place)) return 1
    return row.away_duration >= '3' ? 1 : 0
  }
  if (place === '6' || place === '7') return 1
  return (place === '4' || place === '5') && row.away_duration === '2' ? 1 : 0
}
