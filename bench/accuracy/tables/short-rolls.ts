/**
 * Two kinds of lists whose few columns leave much to the model: rolls of names and towns alone (no birth, no street), where strangers
 * of one name and town are as many as the same persons; and two gazetteers with headers of their own. In: seed and how many.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, heard, ranked, scanned, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

/** One table into which half of the persons were entered two to four times. */
export function makeNamesAndTowns(seed: number, options: { readonly people: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5c5)
  const towns = shuffled(chance, [...TOWNS, ...COMPOUNDS.slice(0, 300)])
  const postcodes = towns.map(() => `2${digits(chance, 4)}`)
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const town = towns.indexOf(ranked(chance, towns, 0.9))
    const person = {
      givenname: ranked(chance, [...MEN, ...WOMEN], 0.8),
      surname: ranked(chance, [...SURNAMES, ...COMPOUNDS], 0.7),
      suburb: towns[town],
      postcode: postcodes[town],
    }
    const entries = chance.happens(0.5) ? 1 : chance.between(2, 4)
    for (let entry = 0; entry < entries; entry++) {
      const row: Row = { ...person }
      for (let slips = entry === 0 ? 0 : chance.between(0, 2); slips > 0; slips--) {
        const name = chance.pick(['givenname', 'surname', 'surname', 'suburb', 'postcode'])
        row[name] = chance.happens(0.08) ? '' : chance.pick([typo, scanned, heard])(chance, row[name])
      }
      rows.push({ recid: digits(chance, 9), ...row, cluster: String(n) })
    }
  }
  const columns = { givenname: 'given name', surname: 'family name', suburb: 'text', postcode: 'code' }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'recid', columns } }
}

const KINDS: readonly (readonly [kind: string, code: string, word: string])[] = [
  ['Stream', 'STM', 'Creek'],
  ['Lake', 'LK', 'Lake'],
  ['Summit', 'MT', 'Mountain'],
  ['Populated Place', 'PPL', ''],
  ['Church', 'CH', 'Church'],
  ['Valley', 'VAL', 'Hollow'],
]

/** Names that repeat (Mill Creek), points measured twice, and not one header that both have; to be run with guessed columns. */
export function makeGazetteers(seed: number, options: { readonly places: number }): MadeTable {
  const chance = new Chance(seed ^ 0x99)
  const left: Row[] = []
  const right: Row[] = []
  const cores = ['Mill', 'Pine', 'Bear', 'Rock', 'Cedar', 'Long', 'Mud', 'Sandy', ...SURNAMES.slice(0, 120)]
  for (let n = 0; n < options.places; n++) {
    const [kind, code, word] = chance.pick(KINDS)
    const core = ranked(chance, [...cores, ...COMPOUNDS.slice(0, 100)], 0.6)
    const name = `${core} ${word}`.trim()
    const [lat, lon, elevation] = [34 + chance.next() * 3, -84 + chance.next() * 6, chance.between(1, 1200)]
    const drift = () => (chance.next() - 0.5) * (chance.happens(0.8) ? 0.001 : 0.02)
    const cluster = String(n)
    const where = chance.next()
    if (where < 0.75)
      left.push({
        FEATURE_ID: digits(chance, 6),
        FEATURE_NAME: name,
        FEATURE_CLASS: kind,
        COUNTY_NAME: ranked(chance, COMPOUNDS.slice(150, 190), 0.5),
        PRIM_LAT_DEC: lat.toFixed(7),
        PRIM_LONG_DEC: lon.toFixed(7),
        ELEV_IN_M: String(elevation),
        cluster,
      })
    if (where > 0.35)
      right.push({
        geonameid: digits(chance, 7),
        name: chance.happens(0.15) ? core : chance.happens(0.05) ? typo(chance, name) : name,
        latitude: (lat + drift()).toFixed(5),
        longitude: (lon + drift()).toFixed(5),
        feature_code: code,
        elevation: chance.happens(0.5) ? '' : String(elevation + chance.between(-5, 5)),
        cluster,
      })
  }
  // No spec of its own: the headers differ.
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'FEATURE_ID', columns: {} } }
}
