/**
 * The labelled household cases of tests/cases/households.csv through the real linking: features, keys, blocks, kernel,
 * model, layers. All cases stand in one table, each in villages of its own, so they also try each other.
 *
 * STRONG: exactly the labelled people. MEDIUM: nothing joined wrongly, what is not joined waits for review.
 * WEAK: nothing joined wrongly.
 * A column `id` ending in `?` gets its check digit; `home` is village/household; `claim` is `here<V2` (hukou in V2) or
 * `away>V2`; relatives are `name:number`; `more` holds further columns.
 */
import { beforeAll, expect, test } from 'vitest'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import type { RegisterName } from '../../../src/registers/columns.ts'
import { type HouseholdRow, readHouseholds } from '../../cases/read-cases.ts'
import type { RowText } from '../../support/build-table.ts'
import { type LinkedRows, linkRows } from '../../support/link-rows.ts'

const cases = readHouseholds()
let linked: LinkedRows

beforeAll(async () => {
  linked = await linkRows(
    cases.flatMap(({ rows }, k) => rows.map((row) => rowText(row, k))),
    [],
    true,
  )
})

test('every labelled household is linked as it is labelled', () => {
  expect(cases.flatMap(({ name, strength, rows }, k) => wrongIn(name, strength, rows, k))).toEqual([])
})

test('no case is joined with another', () => {
  const caseOf = (key: string): string => /:(\d+)-/.exec(key)?.[1] ?? ''
  expect(linked.groups.filter((group) => new Set(group.split(' ').map(caseOf)).size > 1)).toEqual([])
})

test('the cases are many and of every strength', () => {
  const of = (strength: string): number => cases.filter((c) => c.strength === strength).length
  expect(of('STRONG')).toBeGreaterThanOrEqual(36)
  expect(of('MEDIUM')).toBeGreaterThanOrEqual(6)
  expect(of('WEAK')).toBeGreaterThanOrEqual(3)
})

function keyOf(row: HouseholdRow, k: number): string {
  return `${row.register}:${k}-${row.key}`
}

function wrongIn(name: string, strength: string, rows: readonly HouseholdRow[], k: number): string[] {
  const groupOf = new Map<string, number>()
  linked.groups.forEach((group, g) => {
    for (const key of group.split(' ')) groupOf.set(key, g)
  })
  const inReview = (a: string, b: string): boolean =>
    linked.reviews.some((line) => line.startsWith(`${a} ${b} `) || line.startsWith(`${b} ${a} `))
  const wrong: string[] = []
  rows.forEach((row, i) => {
    for (const other of rows.slice(i + 1)) {
      const [a, b] = [keyOf(row, k), keyOf(other, k)]
      const joined = groupOf.has(a) && groupOf.get(a) === groupOf.get(b)
      if (joined && row.person !== other.person) wrong.push(`${name}: ${a} and ${b} are two people`)
      if (joined || row.person !== other.person || strength === 'WEAK') continue
      if (strength === 'STRONG' || !mayWait(rows, row.person, k, inReview))
        wrong.push(`${name}: ${a} and ${b} are one person`)
    }
  })
  return wrong
}

/** Whether some pair of the person's rows waits for review. */
function mayWait(
  rows: readonly HouseholdRow[],
  person: string,
  k: number,
  inReview: (a: string, b: string) => boolean,
): boolean {
  const keys = rows.filter((row) => row.person === person).map((row) => keyOf(row, k))
  return keys.some((a) => keys.some((b) => inReview(a, b)))
}

function rowText(row: HouseholdRow, k: number): RowText {
  const [place, household = ''] = row.home.split('/')
  const village = villageOf(place, k)
  const common = {
    id: `${k}-${row.key}`,
    name: row.name,
    sex: row.sex,
    former_name: row.former,
    id_number: withCheck(row.id),
    ...relative('father', row.father),
    ...relative('mother', row.mother),
    ...relative('spouse', row.spouse),
  }
  const own = ownColumns(row, village, k, household)
  const more = Object.fromEntries(row.more.split(';').flatMap((pair) => (pair === '' ? [] : [pair.split('=')])))
  return { register: row.register as RegisterName, ...common, ...own, ...more }
}

function ownColumns(row: HouseholdRow, village: string, k: number, household: string): Record<string, string> {
  switch (row.register) {
    case 'police':
      return { birth_date: row.birth, area_code: village, household_no: household, status: '0', record_flag: '1' }
    case 'census':
      return { birth_month: row.birth, block_code: `${village}003`, household_no: household, ...claimOf(row.claim, k) }
    case 'census_deaths':
      return { birth_month: row.birth, block_code: `${village}003`, household_no: household }
    case 'births':
      return { birth_date: row.birth, area_code: village }
    default:
      return { birth_date: row.birth, area_code: village, hukou_area_code: village }
  }
}

function claimOf(claim: string, k: number): Record<string, string> {
  if (claim.startsWith('here<'))
    return { residence: '1', hukou_place: '3', hukou_area_code: villageOf(claim.slice(5), k) }
  if (claim.startsWith('away>'))
    return { residence: '4', hukou_place: '1', residence_area_code: villageOf(claim.slice(5), k) }
  return { residence: '1', hukou_place: '1' }
}

function villageOf(place: string, k: number): string {
  return `513027${100 + k}20${place.slice(1)}`
}

function withCheck(id: string): string {
  return id.endsWith('?') ? id.slice(0, -1) + checkDigit(id.slice(0, -1)) : id
}

function relative(who: string, text: string): Record<string, string> {
  const [name, number = ''] = text.split(':')
  return { [`${who}_name`]: name, [`${who}_id`]: withCheck(number) }
}
