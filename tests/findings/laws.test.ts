/** Laws: order never decides, a person's rows are judged alone, the slow reading of pairs agrees with the detectors. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RowText } from '../support/build-table.ts'
import { away, birth, census, death, detect, form, police, say, V1, V2, V3, visitor } from './check.ts'

const village = fc.constantFrom(V1, V2, V3)
const duration = fc.constantFrom('', '1', '2', '3', '4', '9')
const date = fc.constantFrom(
  '20191031',
  '20191101',
  '20200601',
  '20201001',
  '20201002',
  '20201031',
  '20201101',
  '20201115',
)

/** One row of some person of five, anything in it. */
const anyRow: fc.Arbitrary<RowText> = fc
  .record({
    kind: fc.constantFrom('police', 'census', 'census', 'away', 'visitor', 'form', 'birth', 'death'),
    person: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    village,
    other: village,
    duration,
    date,
    code: fc.constantFrom('0', '1', '2', '3', '4', '5', '7'),
    household: fc.constantFrom('1', '2'),
    name: fc.constantFrom('王建国', '赵玉兰', '王建國'),
    number: fc.constantFrom('', '513027199803150015', '513027199803150023', '513027199803150016'),
  })
  .map(({ kind, person, village, other, duration, date, code, household, name, number }) => {
    const common = { person, name, id_number: number }
    switch (kind) {
      case 'police':
        return police({
          ...common,
          area_code: village,
          status: code,
          moved_out_on: date,
          moved_in_on: code === '0' ? date : '',
          cancelled_on: date,
          household_no: household,
        })
      case 'census':
        return census({
          ...common,
          block_code: `${village}00${household}`,
          household_no: household,
          hukou_place: code,
          hukou_area_code: other,
          away_duration: duration,
        })
      case 'away':
        return away({
          ...common,
          block_code: `${village}001`,
          residence: code,
          residence_area_code: other,
          away_duration: duration,
        })
      case 'visitor':
        return visitor({ ...common, household_no: household, away_duration: duration })
      case 'form':
        return form({ ...common, death_month: date.slice(0, 6) })
      case 'birth':
        return birth({ person, birth_date: date, area_code: village })
      default:
        return death({ ...common, death_date: date, area_code: village })
    }
  })

const someRows = fc.array(anyRow, { minLength: 1, maxLength: 14 })

test('shuffled rows give the same findings', () => {
  fc.assert(
    fc.property(
      someRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      ([rows, shuffled]) => {
        expect(say(shuffled)).toEqual(say(rows))
      },
    ),
    { numRuns: 150 },
  )
})

test('nothing that somebody else does changes what is said of a person alone in their households', () => {
  const stranger = () => [
    police({ person: 'stranger', id_number: '', household_no: 'S' }),
    census({ person: 'stranger', id_number: '', household_no: 'S' }),
  ]
  fc.assert(
    fc.property(someRows, (rows) => {
      const before = say(rows)
      const after = say([...rows, ...stranger()])
      // Shares of a register (told once above 5 %) may change; everything else stays.
      const kept = (said: readonly string[]): string[] => said.filter((line) => !line.startsWith('address-'))
      expect(kept(after).filter((line) => kept(before).includes(line))).toEqual(kept(before))
    }),
    { numRuns: 100 },
  )
})

test('a person dead before the reference time has no presence finding', () => {
  const presence =
    /^(present|duplicate|halfyear|separated|missing|residence|hukou-claim|undetermined|inbound|outbound|claimed)/
  fc.assert(
    fc.property(someRows, (rows) => {
      const one = rows.map((row) => ({ ...row, person: 'a' }))
      const said = say([...one, death({ person: 'a', death_date: '20200101' })])
      expect(said.filter((line) => presence.test(line))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('a stretch of the list is those findings, in their order, and no others: workers take stretches of findings.csv', () => {
  const { list } = detect(
    ['a', 'b', 'c'].flatMap((person) => [census({ person, id_number: '' }), visitor({ person, id_number: '' })]),
  )
  const whole: string[] = []
  list.forEach(({ code, rows }) => whole.push(`${code} ${rows.join(' ')}`))
  expect(whole.length).toBeGreaterThan(2)
  const stretches: string[] = []
  for (let from = 0; from < list.count; from += 2)
    list.forEach(
      ({ code, rows }, i) => stretches.push(`${code} ${rows.join(' ')}`, `${i - from}`),
      from,
      Math.min(list.count, from + 2),
    )
  expect(stretches).toEqual(whole.flatMap((finding, i) => [finding, `${i % 2}`]))
})
