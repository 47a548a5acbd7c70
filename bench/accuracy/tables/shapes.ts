/**
 * All made-up tables by name: the first family (addresses, households, figures, short rows), the second (people, things), the
 * third, made when the defaults stood and measured before anything was changed for it, and the edges.
 * In: seed. Out: tables, truth in the column `cluster`. Small enough that one takes seconds; `big` ones by name only.
 */
import { makeAddressBook, makeHouseholds } from './addresses-and-households.ts'
import { makeBirthParts, makeFigures, makeShortRows } from './figures-and-short-rows.ts'
import type { MadeTable } from './made-table.ts'
import { makeBibliography } from './bibliography.ts'
import { makeEatingPlaces } from './eating-places.ts'
import { makeFirmsInChinese } from './firms-in-chinese.ts'
import { makeDiscs, makeFilms, makeSoftware } from './discs-and-films.ts'
import { makeRolls, makeScribbled } from './few-columns.ts'
import { makeInventors, makeParish } from './inventors-and-parishes.ts'
import { makeCompanies, makePoints } from './points-and-companies.ts'
import { makeCameras, makeElectronics, makeNotebooks } from './gadgets.ts'
import { makeNotablePeople } from './notable-people.ts'
import { makeCustomers, makeFiveParties, makeKnownPersons, makeRenamedPersons } from './people-elsewhere.ts'
import { makeChineseBook, makePatients, makeVoters } from './people-seen-twice.ts'
import { makePayments } from './payments.ts'
import { makePersonalRecords } from './personal-records.ts'
import { makeCatalogues, makeGuides, makeProducts, makeReferences } from './publications.ts'
import { makeScrapedPapers } from './scraped-papers.ts'
import { makeSeriesAndPeople } from './series-and-people.ts'
import { makeShopListings } from './shop-listings.ts'
import { makeFirms, makeSongs } from './firms-and-songs.ts'
import { makeAffiliations, makeRecordings, makeSettlements } from './places.ts'
import { makeGazetteers, makeNamesAndTowns } from './short-rolls.ts'
import { makeAlbumTracks, makeBeers, makeShelves } from './stores.ts'
import { makeWatchLists } from './watch-lists.ts'

export type Make = (seed: number) => MadeTable

export const FIRST_FAMILY: Readonly<Record<string, Make>> = {
  'address-copies': (seed) =>
    makeAddressBook(seed, { originals: 2000, copies: 3000, copiesMost: 5, slipsMost: 10, perField: 3, sides: 1 }),
  'address-two': (seed) =>
    makeAddressBook(seed, { originals: 5000, copies: 5000, copiesMost: 1, slipsMost: 5, perField: 2, sides: 2 }),
  'address-two-hard': (seed) =>
    makeAddressBook(seed, { originals: 3000, copies: 3000, copiesMost: 1, slipsMost: 14, perField: 3, sides: 2 }),
  'figures-small': (seed) => makeFigures(seed, { people: 600, meanRows: 10, hardness: 1 }),
  'figures-hard': (seed) => makeFigures(seed, { people: 600, meanRows: 8, hardness: 1.7 }),
  'short-rows': (seed) => makeShortRows(seed, { people: 250, rowsMost: 7, hardness: 1 }),
  'birth-parts-500': (seed) => makeBirthParts(seed, { people: 450, copies: 50 }),
  'birth-parts-10000': (seed) => makeBirthParts(seed, { people: 9000, copies: 1000 }),
  households: (seed) => makeHouseholds(seed, { households: 3000, hardness: 1, overlap: 0.8 }),
  'households-hard': (seed) => makeHouseholds(seed, { households: 3000, hardness: 2.5, overlap: 0.5 }),
}

export const SECOND_FAMILY: Readonly<Record<string, Make>> = {
  'records-copies': (seed) =>
    makePersonalRecords(seed, {
      originals: 2000,
      duplicates: 3000,
      duplicatesMost: 5,
      changesMost: 10,
      changesPerFieldMost: 2,
      apart: false,
    }),
  'records-two': (seed) =>
    makePersonalRecords(seed, {
      originals: 5000,
      duplicates: 5000,
      duplicatesMost: 1,
      changesMost: 5,
      changesPerFieldMost: 2,
      apart: true,
    }),
  'records-two-hard': (seed) =>
    makePersonalRecords(seed, {
      originals: 2000,
      duplicates: 2000,
      duplicatesMost: 1,
      changesMost: 14,
      changesPerFieldMost: 3,
      apart: true,
    }),
  notables: (seed) => makeNotablePeople(seed, { people: 900, meanRows: 9, withParts: false }),
  'notables-parts': (seed) => makeNotablePeople(seed, { people: 900, meanRows: 9, withParts: true }),
  catalogues: (seed) => makeCatalogues(seed, { papers: 2000, care: 0.6 }),
  'catalogues-careless': (seed) => makeCatalogues(seed, { papers: 2000, care: 1.4 }),
  references: (seed) => makeReferences(seed, { papers: 120, meanRows: 10, care: 1 }),
  guides: (seed) => makeGuides(seed, { places: 750, both: 110 }),
  products: (seed) => makeProducts(seed, { products: 900 }),
  voters: (seed) => makeVoters(seed, { people: 6000, stay: 0.7, hardness: 1 }),
  'voters-hard': (seed) => makeVoters(seed, { people: 4000, stay: 0.5, hardness: 2.5 }),
  patients: (seed) => makePatients(seed, { families: 1600, hardness: 1 }),
  'patients-hard': (seed) => makePatients(seed, { families: 1600, hardness: 2.5 }),
  chinese: (seed) => makeChineseBook(seed, { people: 3000, hardness: 1 }),
}

export const THIRD_FAMILY: Readonly<Record<string, Make>> = {
  'records-no-number': (seed) =>
    withColumns(
      makePersonalRecords(seed, {
        originals: 1700,
        duplicates: 3300,
        duplicatesMost: 5,
        changesMost: 16,
        changesPerFieldMost: 4,
        apart: false,
      }),
      [
        'given_name',
        'surname',
        'street_number',
        'address_1',
        'address_2',
        'suburb',
        'postcode',
        'state',
        'date_of_birth',
      ],
    ),
  firms: (seed) => makeFirms(seed, { firms: 2500, copies: 3 }),
  songs: (seed) => makeSongs(seed, { songs: 2000 }),
  scribbled: (seed) => makeScribbled(seed, { people: 260, hardness: 1 }),
  'scribbled-hard': (seed) => makeScribbled(seed, { people: 260, hardness: 1.6 }),
  rolls: (seed) => makeRolls(seed, { families: 3000, hardness: 1 }),
  listings: (seed) => makeShopListings(seed, { products: 130 }),
  'listings-one-table': (seed) => inOneTable(makeShopListings(seed, { products: 130 })),
  'listings-1000-one-table': (seed) => inOneTable(makeShopListings(seed, { products: 1000 })),
  'listings-1000': (seed) => makeShopListings(seed, { products: 1000 }),
  'scraped-papers': (seed) => makeScrapedPapers(seed, { kept: 1300, others: 9000 }),
}

/** Things with siblings: made after published descriptions of sets of pairs, to see what tells the tracks of one album apart. */
export const FOURTH_FAMILY: Readonly<Record<string, Make>> = {
  'album-tracks': (seed) => makeAlbumTracks(seed, { albums: 200 }),
  'album-tracks-small': (seed) => makeAlbumTracks(seed, { albums: 30 }),
  beers: (seed) => makeBeers(seed, { beers: 1500 }),
  'beers-small': (seed) => makeBeers(seed, { beers: 300 }),
  shelves: (seed) => makeShelves(seed, { families: 600 }),
  recordings: (seed) => makeRecordings(seed, { recordings: 700 }),
  settlements: (seed) => makeSettlements(seed, { places: 500 }),
  affiliations: (seed) => makeAffiliations(seed, { institutions: 200, meanRows: 6 }),
}

/** Sets nobody had imitated yet, to be run with guessed columns (AUTO=1): wide, sparse, with other headers on each side. */
export const FIFTH_FAMILY: Readonly<Record<string, Make>> = {
  discs: (seed) => makeDiscs(seed, { discs: 3000, twice: 0.05 }),
  films: (seed) => makeFilms(seed, { films: 2500 }),
  software: (seed) => makeSoftware(seed, { programs: 1400 }),
  cameras: (seed) => makeCameras(seed, { cameras: 300, meanRows: 5 }),
  notebooks: (seed) => makeNotebooks(seed, { notebooks: 250, meanRows: 4 }),
  electronics: (seed) => makeElectronics(seed, { goods: 700 }),
  'known-persons': (seed) => makeKnownPersons(seed, { persons: 500, slips: 1 }),
  'known-persons-hard': (seed) => makeRenamedPersons(seed, { persons: 500, slips: 6 }),
  'five-parties': (seed) => makeFiveParties(seed, { people: 2000 }),
  customers: (seed) => makeCustomers(seed, { customers: 1200, bare: false }),
  'customers-small': (seed) => makeCustomers(seed, { customers: 300, bare: false }),
  'customers-bare': (seed) => makeCustomers(seed, { customers: 1200, bare: true }),
}

/** Made after a look at how public sets are really written, of which these imitate the manner. */
export const SIXTH_FAMILY: Readonly<Record<string, Make>> = {
  bibliography: (seed) => makeBibliography(seed, { papers: 180, meanRows: 10 }),
}

/** Kinds of public sets that no shape above imitates. */
export const SEVENTH_FAMILY: Readonly<Record<string, Make>> = {
  'watch-lists': (seed) => makeWatchLists(seed, { parties: 900 }),
  'watch-lists-one-table': (seed) => inOneTable(makeWatchLists(seed, { parties: 900 })),
  payments: (seed) => makePayments(seed, { payments: 1500 }),
  'series-and-people': (seed) => makeSeriesAndPeople(seed, { series: 80, people: 2000 }),
  'series-and-people-one-table': (seed) => inOneTable(makeSeriesAndPeople(seed, { series: 80, people: 2000 })),
  points: (seed) => makePoints(seed, { points: 1000 }),
  companies: (seed) => makeCompanies(seed, { companies: 1200 }),
  inventors: (seed) => makeInventors(seed, { inventors: 350, meanRows: 6 }),
  parish: (seed) => makeParish(seed, { couples: 350 }),
  'names-and-towns': (seed) => makeNamesAndTowns(seed, { people: 3000 }),
  gazetteers: (seed) => makeGazetteers(seed, { places: 2000 }),
  'eating-places': (seed) => makeEatingPlaces(seed, { places: 760, hasPhones: true }),
  'eating-places-bare': (seed) => makeEatingPlaces(seed, { places: 760, hasPhones: false }),
  'eating-places-one-table': (seed) => inOneTable(makeEatingPlaces(seed, { places: 760, hasPhones: true })),
  'eating-places-bare-one-table': (seed) => inOneTable(makeEatingPlaces(seed, { places: 760, hasPhones: false })),
  'firms-in-chinese': (seed) => makeFirmsInChinese(seed, { firms: 900, hasPhones: false }),
  'firms-in-chinese-phones': (seed) => makeFirmsInChinese(seed, { firms: 1200, hasPhones: true }),
  'eating-places-cuisine': (seed) => underCuisine(makeEatingPlaces(seed, { places: 760, hasPhones: false })),
  'eating-places-cuisine-one-table': (seed) =>
    inOneTable(underCuisine(makeEatingPlaces(seed, { places: 760, hasPhones: false }))),
}

/** Under that header the guess takes the names for those of things, not of persons. */
function underCuisine({ left, right, spec }: MadeTable): MadeTable {
  const rowsOf = (rows: MadeTable['left']) => rows.map(({ type, ...row }) => ({ ...row, cuisine: type }))
  return {
    left: rowsOf(left),
    right: right && rowsOf(right),
    spec: { ...spec, columns: { name: 'text', addr: 'address', city: 'text', cuisine: 'text' } },
  }
}

const TWO_TABLES = [
  'catalogues',
  'guides',
  'products',
  'listings-1000',
  'album-tracks',
  'album-tracks-small',
  'beers',
  'beers-small',
  'shelves',
  'films',
  'software',
  'electronics',
  'known-persons',
  'households-hard',
  'rolls',
]

const smallRecords = (seed: number, originals: number, duplicates: number): MadeTable =>
  makePersonalRecords(seed, {
    originals,
    duplicates,
    duplicatesMost: 3,
    changesMost: 4,
    changesPerFieldMost: 2,
    apart: false,
  })

function withColumns(made: MadeTable, keep: readonly string[], empty: readonly string[] = []): MadeTable {
  const columns = Object.fromEntries(Object.entries(made.spec.columns).filter(([name]) => keep.includes(name)))
  const cut = (rows: MadeTable['left']) =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, empty.includes(name) ? '' : cell])),
    )
  return {
    left: cut(made.left),
    right: made.right === undefined ? undefined : cut(made.right),
    spec: { ...made.spec, columns },
  }
}

/** What two tables hold, as one table. */
function inOneTable(made: MadeTable): MadeTable {
  return { ...made, left: [...made.left, ...(made.right ?? [])], right: undefined }
}

/** Nobody twice: the first row of each cluster. */
function once(made: MadeTable): MadeTable {
  const seen = new Set<string>()
  return { ...made, left: made.left.filter(({ cluster }) => !seen.has(cluster) && seen.add(cluster)) }
}

function rightOnly({ right, spec }: MadeTable): MadeTable {
  return { left: right ?? [], right: undefined, spec }
}

/** Two tables that share nothing: of the right one what the left one has not. */
function apart(made: MadeTable): MadeTable {
  const ofLeft = new Set(made.left.map(({ cluster }) => cluster))
  return { ...made, right: made.right?.filter(({ cluster }) => !ofLeft.has(cluster)) }
}

/**
 * Nobody twice, in what is full of siblings: one table of two, by itself, as a shop, a library or an office has it before
 * it is linked with another. Every link is false.
 */
export const ALONE: Readonly<Record<string, Make>> = Object.fromEntries(
  Object.entries({ ...FIRST_FAMILY, ...SECOND_FAMILY, ...THIRD_FAMILY, ...FOURTH_FAMILY, ...FIFTH_FAMILY }).flatMap(
    ([name, make]): [string, Make][] =>
      TWO_TABLES.includes(name)
        ? [
            [`${name}-left`, (seed) => once({ ...make(seed), right: undefined })],
            [`${name}-right`, (seed) => once(rightOnly(make(seed)))],
          ]
        : [],
  ),
)

export const EDGES: Readonly<Record<string, Make>> = {
  'tiny-30': (seed) => smallRecords(seed, 20, 10),
  'tiny-100': (seed) => smallRecords(seed, 60, 40),
  'no-duplicates': (seed) => smallRecords(seed, 4000, 0),
  'no-duplicates-300': (seed) => smallRecords(seed, 300, 0),
  'few-duplicates': (seed) => smallRecords(seed, 5000, 40),
  'patients-once': (seed) => once(makePatients(seed, { families: 1500, hardness: 1 })),
  'firms-once': (seed) => once(makeFirms(seed, { firms: 2500, copies: 1 })),
  'songs-once': (seed) => once(makeSongs(seed, { songs: 2000 })),
  'scribbled-once': (seed) => once(makeScribbled(seed, { people: 1000, hardness: 1 })),
  'institutions-once': (seed) => once(makeAffiliations(seed, { institutions: 300, meanRows: 1, areNamesOwn: true })),
  'institutions-once-many': (seed) =>
    once(makeAffiliations(seed, { institutions: 2000, meanRows: 1, areNamesOwn: true })),
  'notebooks-once': (seed) => once(makeNotebooks(seed, { notebooks: 400, meanRows: 1 })),
  'cameras-once': (seed) => once(makeCameras(seed, { cameras: 500, meanRows: 1 })),
  'listings-once': (seed) => once(inOneTable(makeShopListings(seed, { products: 600 }))),
  'software-apart': (seed) => apart(makeSoftware(seed, { programs: 1400 })),
  'shelves-apart': (seed) => apart(makeShelves(seed, { families: 600 })),
  'electronics-apart': (seed) => apart(makeElectronics(seed, { goods: 700 })),
  'all-twice': (seed) => {
    const made = smallRecords(seed, 1500, 0)
    return { ...made, left: made.left.flatMap((row) => [row, { ...row, rec_id: `${row.rec_id}-again` }]) }
  },
  'columns-empty': (seed) =>
    withColumns(
      smallRecords(seed, 2000, 1500),
      ['given_name', 'surname', 'date_of_birth', 'suburb', 'soc_sec_id'],
      ['suburb', 'soc_sec_id'],
    ),
  'name-and-birth': (seed) => withColumns(smallRecords(seed, 2000, 1500), ['given_name', 'surname', 'date_of_birth']),
  // A date that is not of the person: of the visit, the order, the entry.
  'event-date': (seed) => {
    const made = smallRecords(seed, 1500, 1200)
    const rows = made.left.map((row, i) => ({
      rec_id: row.rec_id,
      name: `${row.given_name} ${row.surname}`,
      address: `${row.street_number} ${row.address_1}`,
      suburb: row.suburb,
      phone: row.soc_sec_id,
      visited: `20${10 + ((i * 7) % 15)}-0${1 + ((i * 5) % 9)}-${10 + ((i * 11) % 18)}`,
      cluster: row.cluster,
    }))
    const columns = { name: 'full name', address: 'address', suburb: 'text', phone: 'code', visited: 'date' }
    return { left: rows, right: undefined, spec: { id: 'rec_id', columns } }
  },
  'number-only': (seed) => withColumns(smallRecords(seed, 2000, 1500), ['soc_sec_id']),
}

export const BIG: Readonly<Record<string, Make>> = {
  'figures-50k': (seed) => makeFigures(seed, { people: 5100, meanRows: 10, hardness: 1.3 }),
  'notables-50k': (seed) => makeNotablePeople(seed, { people: 5150, meanRows: 10, withParts: true }),
  'records-200k': (seed) =>
    makePersonalRecords(seed, {
      originals: 130_000,
      duplicates: 70_000,
      duplicatesMost: 5,
      changesMost: 6,
      changesPerFieldMost: 2,
      apart: false,
    }),
}

export const ALL: Readonly<Record<string, Make>> = {
  ...FIRST_FAMILY,
  ...SECOND_FAMILY,
  ...THIRD_FAMILY,
  ...FOURTH_FAMILY,
  ...FIFTH_FAMILY,
  ...SIXTH_FAMILY,
  ...SEVENTH_FAMILY,
  ...EDGES,
  ...ALONE,
  ...BIG,
}
