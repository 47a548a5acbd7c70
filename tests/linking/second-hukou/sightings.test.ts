/** Who was met at home is not the namesake who was met too, lives outside the county, or is dead. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { Sightings } from '../../../src/linking/second-hukou/sightings.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { census, police } from '../../support/village-rows.ts'

/** Police persons with the residence of a census row of theirs (0 none, d a death), and two more with two hukou, seen as `twice` says. */
function contradictions(twice: readonly string[]): (one: string, other: string) => number {
  const joins: (readonly [string, string])[] = []
  const rows: RowText[] = []
  const person = (key: string, seen: string): void => {
    rows.push(police(key, {}))
    for (const [k, residence] of [...seen].entries()) {
      if (residence === '0') continue
      const row = `${key}-${k}`
      if (residence === 'd') rows.push({ register: 'deaths', id: row, death_date: '20200301' })
      else rows.push(census(row, { residence }))
      joins.push([`police:${key}`, residence === 'd' ? `deaths:${row}` : `census:${row}`])
    }
  }
  for (const [k, seen] of ['1', '1', '1', '1', '4', '5', '5', 'd', '0'].entries()) person(`N${seen}${k}`, seen)
  for (const [k, seen] of twice.entries()) {
    person(`T${k}`, seen)
    rows.push(police(`U${k}`, {}))
    joins.push([`police:T${k}`, `police:U${k}`])
  }
  for (const [key, seen] of [
    ['A1', '1'],
    ['B1', '1'],
    ['A5', '5'],
    ['B5', '5'],
    ['A4', '4'],
    ['Ad', 'd'],
    ['A0', '0'],
  ])
    person(key, seen)
  const { table, rowOf } = buildTable(rows)
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  for (const [one, other] of joins) groups.join(rowOf(one), rowOf(other))
  const sightings = new Sightings(table, groups)
  return (one, other) =>
    sightings.contradiction(groups.root(rowOf(`police:${one}`)), groups.root(rowOf(`police:${other}`)))
}

test('who is at home is hardly who lives outside the county or is dead', () => {
  const against = contradictions([])
  expect(against('A1', 'A5')).toBeLessThan(-5000)
  expect(against('Ad', 'A1')).toBeLessThan(-5000)
})

test('nothing follows where nobody is at home, where nobody was met, or of who lives elsewhere in the county', () => {
  const against = contradictions([])
  for (const [one, other] of [
    ['A5', 'B5'],
    ['A1', 'A0'],
    ['A1', 'A4'],
    ['A5', 'Ad'],
  ])
    expect(against(one, other)).toBe(0)
})

test('the more people with two hukou are seen so, the less it says', () => {
  const often = contradictions(Array.from({ length: 40 }, (_, k) => (k % 4 === 0 ? '15' : '1')))
  const never = contradictions(Array.from({ length: 40 }, () => '1'))
  expect(often('A1', 'A5')).toBeGreaterThan(-2000)
  expect(never('A1', 'A5')).toBeLessThan(-6500)
})

test('that both are at home is weighed before: only what it is worth beyond that is added', () => {
  expect(contradictions([])('A1', 'B1')).toBe(0)
  expect(contradictions(Array.from({ length: 40 }, () => '1'))('A1', 'B1')).toBeLessThan(-1000)
})
