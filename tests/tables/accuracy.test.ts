import { expect, test } from 'vitest'
import { makeEatingPlaces } from '../../bench/accuracy/tables/eating-places.ts'
import { makeFirmsInChinese } from '../../bench/accuracy/tables/firms-in-chinese.ts'
import { makeBibliography } from '../../bench/accuracy/tables/bibliography.ts'
import { makeAddressBook, makeHouseholds } from '../../bench/accuracy/tables/addresses-and-households.ts'
import { makeBirthParts, makeFigures, makeShortRows } from '../../bench/accuracy/tables/figures-and-short-rows.ts'
import type { MadeTable } from '../../bench/accuracy/tables/made-table.ts'
import { makeCustomers } from '../../bench/accuracy/tables/people-elsewhere.ts'
import { makeRolls } from '../../bench/accuracy/tables/few-columns.ts'
import { makePatients, makeVoters } from '../../bench/accuracy/tables/people-seen-twice.ts'
import { makePersonalRecords } from '../../bench/accuracy/tables/personal-records.ts'
import { makeCatalogues, makeReferences } from '../../bench/accuracy/tables/publications.ts'
import { makeShopListings } from '../../bench/accuracy/tables/shop-listings.ts'
import { makeWatchLists } from '../../bench/accuracy/tables/watch-lists.ts'
import { makeGazetteers, makeNamesAndTowns } from '../../bench/accuracy/tables/short-rolls.ts'
import { runTables } from '../../src/tables/engine.ts'
import { tableFromRows } from '../../src/tables/index.ts'
import { proposeSpec } from '../../src/tables/spec/propose-spec.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'
import { measureTruth } from '../../src/tables/results/truth.ts'

function f1Of(made: MadeTable): number {
  const left = tableFromRows('left', made.left)
  const right = made.right === undefined ? undefined : tableFromRows('right', made.right)
  return measureTruth(runTables(left, right, completeSpec(made.spec)), left, right, 'cluster').f1
}

// Seeds that no default was chosen on; floors a little under what was measured.
test('copies of an address book with up to ten slips each are found again', () =>
  expect(
    f1Of(makeAddressBook(901, { originals: 300, copies: 450, copiesMost: 5, slipsMost: 10, perField: 3, sides: 1 })),
  ).toBeGreaterThan(0.99))
test('two address books, each person once in both, are linked without an error worth naming', () =>
  expect(
    f1Of(makeAddressBook(902, { originals: 500, copies: 500, copiesMost: 1, slipsMost: 5, perField: 2, sides: 2 })),
  ).toBeGreaterThan(0.999))
test('figures of the past gather into clusters of up to twenty rows', () =>
  expect(f1Of(makeFigures(903, { people: 120, meanRows: 7, hardness: 1 }))).toBeGreaterThan(0.94))
test('short rows full of gaps and swapped names are gathered', () =>
  expect(f1Of(makeShortRows(904, { people: 180, rowsMost: 7, hardness: 1 }))).toBeGreaterThan(0.94))
test('five hundred rows with fifty copies are enough for the model', () =>
  expect(f1Of(makeBirthParts(905, { people: 450, copies: 50 }))).toBeGreaterThan(0.93))
test('members of one household are not taken for one person', () =>
  expect(f1Of(makeHouseholds(906, { households: 400, hardness: 1, overlap: 0.8 }))).toBeGreaterThan(0.99))
test('a hospital whose patients share home, telephone and surname does not merge families', () =>
  expect(f1Of(makePatients(907, { families: 500, hardness: 1 }))).toBeGreaterThan(0.96))
test('customers who share a surname, a house and a telephone are not one, though half of the birth dates are missing', () =>
  expect(f1Of(makeCustomers(62, { customers: 1200, bare: false }))).toBeGreaterThan(0.95))

test('strangers of one name and town, as many as the same persons, are not taken for these', () =>
  expect(f1Of(makeNamesAndTowns(914, { people: 2000 }))).toBeGreaterThan(0.97))

test('restaurants of one hotel or mall, of one address and of other names, are not one restaurant', () => {
  const { left, right, spec } = makeEatingPlaces(916, { places: 760, hasPhones: false })
  expect(f1Of({ left: [...left, ...(right ?? [])], right: undefined, spec })).toBeGreaterThan(0.95)
})

test.each([917, 918])(
  'nor are they where the guess takes their names for those of things, as beside a column of cuisines: seed %i',
  (seed) => {
    const { left, right = [] } = makeEatingPlaces(seed, { places: 760, hasPhones: false })
    const rows = [...left, ...right].map(({ type, ...row }) => ({ ...row, cuisine: type }))
    const table = tableFromRows('guide', rows)
    const { spec } = proposeSpec(table, undefined, 'cluster')
    expect(spec.columns.name).toBe('text')
    expect(
      measureTruth(runTables(table, undefined, completeSpec(spec)), table, undefined, 'cluster').f1,
    ).toBeGreaterThan(0.94)
  },
)

test.each([941, 942, 943])(
  'firms of a county are found again under names with and without county, township and legal form: seed %i',
  (seed) => {
    const { left } = makeFirmsInChinese(seed, { firms: 900, hasPhones: false })
    const table = tableFromRows('firms', left)
    const { spec } = proposeSpec(table, undefined, 'cluster')
    expect(
      measureTruth(runTables(table, undefined, completeSpec(spec)), table, undefined, 'cluster').f1,
    ).toBeGreaterThan(0.92)
  },
)

test.each([931, 932])(
  'two wide lists of which most columns say something else are linked, and found to be one: seed %i',
  (seed) => {
    const { left, right = [] } = makeWatchLists(seed, { parties: 400 })
    const f1Guessed = (...rows: (typeof left)[]) => {
      const [one, other] = rows.map((each, side) => tableFromRows(`list${side}`, each))
      const { spec } = proposeSpec(one, other, 'cluster')
      return measureTruth(runTables(one, other, completeSpec(spec)), one, other, 'cluster').f1
    }
    expect(f1Guessed(left, right)).toBeGreaterThan(0.97)
    expect(f1Guessed([...left, ...right])).toBeGreaterThan(0.97)
  },
)

test('two gazetteers without one header in common are linked by names and points', () => {
  const made = makeGazetteers(914, { places: 500 })
  const [left, right] = [made.left, made.right ?? []].map((rows, side) => tableFromRows(`gazetteer${side}`, rows))
  const { spec } = proposeSpec(left, right, 'cluster')
  expect(measureTruth(runTables(left, right, completeSpec(spec)), left, right, 'cluster').f1).toBeGreaterThan(0.98)
})

test.each([2, 10])('of three hundred customers and their spouses likewise, seed %i', (seed) =>
  expect(f1Of(makeCustomers(seed, { customers: 300, bare: false }))).toBeGreaterThan(0.95),
)

test('of a roll in which nobody stands twice families stay apart, though towns and postcodes say the same', () => {
  const { left, spec } = makeRolls(977, { families: 1500, hardness: 1 })
  const roll = tableFromRows('roll', left)
  expect(runTables(roll, undefined, completeSpec(spec)).links.length).toBeLessThan(20)
})

test('twins are not one patient where no patient stands twice', () => {
  const made = makePatients(912, { families: 1500, hardness: 1 })
  const seen = new Set<string>()
  const once = made.left.filter(({ cluster }) => !seen.has(cluster) && seen.add(cluster))
  const { links } = runTables(tableFromRows('once', once), undefined, completeSpec(made.spec))
  expect(links.filter((link) => link.decision === 'link').length).toBeLessThan(20)
})
test('voters of two snapshots are told from their housemates though they marry and move', () =>
  expect(f1Of(makeVoters(908, { people: 1200, stay: 0.5, hardness: 2.5 }))).toBeGreaterThan(0.95))
test('figures whose whole name is one column stay together though they moved', () => {
  const made = makeFigures(81, { people: 300, meanRows: 9, hardness: 1.3 })
  const parts = ['first_name', 'surname']
  const columns = Object.fromEntries(Object.entries(made.spec.columns).filter(([name]) => !parts.includes(name)))
  expect(f1Of({ ...made, spec: { ...made.spec, columns } })).toBeGreaterThan(0.95)
})
test('references to few papers are not taken for strangers whose titles and authors go together', () =>
  expect(f1Of(makeReferences(910, { papers: 120, meanRows: 10, care: 1 }))).toBeGreaterThan(0.98))
test('a paper that half of the table cites is no stranger to itself because all its words are common', () => {
  const table = tableFromRows('cited', makeBibliography(902, { papers: 40, meanRows: 8 }).left)
  const result = runTables(table, undefined, completeSpec(proposeSpec(table, undefined, 'cluster').spec))
  expect(measureTruth(result, table, undefined, 'cluster').f1).toBeGreaterThan(0.97)
})
test('a paper of a conference and its twin in a journal do not hide that two catalogues are one to one', () =>
  expect(f1Of(makeCatalogues(911, { papers: 600, care: 0.6 }))).toBeGreaterThan(0.975))
test('two shops with nothing but titles: likeness of maker and kind is no match, in two tables or in one', () => {
  const made = makeShopListings(912, { products: 400 })
  expect(f1Of(made)).toBeGreaterThan(0.85)
  expect(f1Of({ ...made, left: [...made.left, ...(made.right ?? [])], right: undefined })).toBeGreaterThan(0.6)
})
test('where nobody is twice, nobody is linked', () => {
  const options = { duplicates: 0, duplicatesMost: 1, changesMost: 1, changesPerFieldMost: 1, apart: false }
  expect(f1Of(makePersonalRecords(909, { originals: 600, ...options }))).toBe(1)
})
