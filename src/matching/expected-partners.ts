/**
 * Rows that must have a partner somewhere: what competition for it makes of the prior.
 *
 * A census row that claims its hukou in the loaded county has a police row, but for a few in a hundred. λ counts a pair
 * among all pairs; where every other candidate of the row has been looked at and found lighter, the pair is wrong only
 * if the row's true partner is missing or spoiled beyond recognition. With q the share of such rows, the odds are
 * 1 ÷ q times those of λ (the bipartite prior of Fortini et al. 2001 and Sadinle 2017, for one row at a time).
 *
 * The opposite holds of those who have left the register: the dead are seldom counted, nor who has settled abroad. A
 * census row is theirs by so much less than it is the row of somebody in force.
 *
 * And an infant whose row leaves the hukou open (D8 = 5) has seldom got one: the row is that much less a registered child's.
 *
 * In:  RecordTable. Out: per row what it expects and its standing, q per expectation and how often each standing is
 * counted, all counted on rows with a valid number: a row whose number is found nowhere counts as without partner, so q
 * errs towards caution.
 */
import type { NameFeatures } from '../records/name-features.ts'
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { mixTriple } from '../records/triple-dictionary.ts'
import { versionsInForce } from '../records/versions-in-force.ts'
import { BIRTHS, CENSUS, DEATHS, POLICE } from '../registers/columns.ts'
import { PRESENCE } from './packed-records.ts'

export const EXPECTS = { police: 1, census: 2 } as const

/** What the register says of a person: the status of the hukou (0 in force, else why not), or a row of the dead. */
export const STANDINGS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'death'] as const
const DEATH_ROW = STANDINGS.length - 1
/** Bits of a flag above those of EXPECTS, and above those of the standing. */
const STANDING_SHIFT = 2
const OPEN_SHIFT = 6
/** As many bits as a flag has room for. */
const OPEN_MOST = 3
/** Of a packed birth, the bits below the month. */
const MONTH_SHIFT = 5
/** D8 = 5: 户口待定. */
const HUKOU_OPEN = 5
/** Of the certificates, from the oldest on: births before it are slips. */
const CERTIFICATES_LEFT_OUT = 0.05

/** Number in STANDINGS of a row with these flags. */
export function standingOf(flags: number): number {
  return (flags >>> STANDING_SHIFT) & 15
}

/** By how many bits a row with these flags is less that of somebody registered: 0 to 3, whole ones. */
export function openHukouOf(flags: number): number {
  return flags >>> OPEN_SHIFT
}

export interface ExpectedPartners {
  /** EXPECTS bits and the standing of each row. */
  readonly flags: Uint8Array
  /** Share of the rows that expect one and have none: a police row, another census row. 1 = nothing is known. */
  readonly unmatched: readonly [police: number, census: number]
  /** Rows that expect a police row, or another census row. */
  readonly expecting: readonly [police: number, census: number]
  /** How often people of each of STANDINGS are counted, by one counted in force; 1 = as often, or nothing is known. */
  readonly counted: readonly number[]
}

/** Partners spoiled beyond recognition, beside those missing. */
const SPOILED = 0.02
/** Rows without partner that are believed in before any is counted. */
const CAUTION = 50
/** Rows of a standing that are believed to be counted like any other before any is seen. */
const STANDING_CAUTION = 10
/** Registered infants that are believed to leave their hukou open as often as those without a number. */
const CAUTION_OF_INFANTS = 10
/** So many rows with a number, or such a share of those that expect a partner, tell how many have none. */
const NUMBERED_MIN = 500
const NUMBERED_SHARE_MIN = 0.05
/** Of police rows of whom so many have a number, it is not asked how many lack one; fewer than the least are not believed in. */
const NUMBERED_ALL = 0.98
const NUMBERED_LEAST = 0.2
/** Slots for who is seen: of 850,000 people one in forty shares one by chance. */
const SEEN_SLOTS = 1 << 25
const SEEN_SHIFT = 32 - 25

/** @param names asked where hardly a row has a number */
export function expectPartners(table: RecordTable, names: NameFeatures): ExpectedPartners {
  const c = table.columns
  // Shared: the threads that weigh read them where they are.
  const flags = new Uint8Array(new SharedArrayBuffer(table.rows))
  const isLoaded = loadedAreas(table)
  for (let row = table.starts[CENSUS]; row < table.rows; row++) {
    const register = table.registerOf(row)
    if (register === BIRTHS) continue
    const hukou = c.hukouArea[row] || (register === CENSUS ? 0 : c.area[row])
    if (isLoaded[hukou] === 1) flags[row] = EXPECTS.police
    if (register !== CENSUS) continue
    const residence = c.residence[row]
    // Away within the county, or here with the hukou in another village of it.
    if (residence >= 2 && residence <= 4) flags[row] |= EXPECTS.census
    if (residence === 1 && (c.hukouPlace[row] === 2 || c.hukouPlace[row] === 3)) flags[row] |= EXPECTS.census
  }
  markStandings(table, flags)
  markOpenHukou(table, flags)
  const expecting: [number, number] = [0, 0]
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if ((flags[row] & EXPECTS.police) !== 0) expecting[0]++
    if ((flags[row] & EXPECTS.census) !== 0) expecting[1]++
  }
  return {
    flags,
    unmatched: [policeShare(table, names, flags, expecting[0]), censusShare(table, names, flags, expecting[1])],
    expecting,
    counted: countedShares(table, flags),
  }
}

function markStandings(table: RecordTable, flags: Uint8Array): void {
  const { starts } = table
  const { status } = table.columns
  const [from, to] = [starts[POLICE], starts[POLICE + 1]]
  const inForce = versionsInForce(table, rowsOf(from, to))
  for (let row = from; row < to; row++) flags[row] |= Math.min(status[inForce(row)], DEATH_ROW - 1) << STANDING_SHIFT
  for (let row = starts[DEATHS]; row < starts[DEATHS + 1]; row++) flags[row] |= DEATH_ROW << STANDING_SHIFT
}

/**
 * Infants without a number whose hukou is left open: how much seldomer the registered leave it open, by those whose number
 * the police have, than all who bear none, of whom most are registered too. The true ratio is the greater one.
 */
function markOpenHukou(table: RecordTable, flags: Uint8Array): void {
  const { columns: c, starts } = table
  const since = monthOfOldestCertificate(table)
  if (since === undefined) return
  const registered = new Uint8Array(table.ids.size + 1)
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) registered[c.idNo[row]] = 1
  let numberless = 0
  let held = CAUTION_OF_INFANTS
  let heldOpen = 0
  const open: number[] = []
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    if (c.birth[row] >>> MONTH_SHIFT < since) continue
    const isOpen = c.hukouPlace[row] === HUKOU_OPEN
    if (c.idNo[row] === 0) {
      numberless++
      if (isOpen) open.push(row)
    } else if (c.idKind[row] === ID_KIND.valid && registered[c.idNo[row]] === 1) {
      held++
      if (isOpen) heldOpen++
    }
  }
  if (open.length === 0) return
  const share = open.length / numberless
  const ratio = (heldOpen + CAUTION_OF_INFANTS * share) / held / share
  const bits = Math.min(OPEN_MOST, Math.floor(-Math.log2(ratio)))
  if (bits > 0) for (const row of open) flags[row] |= bits << OPEN_SHIFT
}

/** Packed year and month since which births are certified; undefined where no certificates are read. */
function monthOfOldestCertificate({ columns, starts }: RecordTable): number | undefined {
  const births = columns.birth
    .slice(starts[BIRTHS], starts[BIRTHS + 1])
    .filter((birth) => birth !== 0)
    .sort()
  const oldest = births.at(Math.floor(births.length * CERTIFICATES_LEFT_OUT))
  return oldest === undefined ? undefined : oldest >>> MONTH_SHIFT
}

function* rowsOf(from: number, to: number): Generator<number> {
  for (let row = from; row < to; row++) yield row
}

function countedShares(table: RecordTable, flags: Uint8Array): number[] {
  const { idNo, idKind } = table.columns
  const held = new Uint8Array(table.ids.size + 1)
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) held[idNo[row]] = 1
  const asked = STANDINGS.map(() => 0)
  const found = STANDINGS.map(() => 0)
  for (let row = 0; row < table.rows; row++) {
    const register = table.registerOf(row)
    if (idKind[row] !== ID_KIND.valid || (register !== POLICE && register !== DEATHS)) continue
    const standing = standingOf(flags[row])
    asked[standing]++
    found[standing] += held[idNo[row]]
  }
  const usual = found[0] / Math.max(1, asked[0])
  return asked.map((rows, k) =>
    usual === 0 ? 1 : Math.min(1, (found[k] / usual + STANDING_CAUTION) / (rows + STANDING_CAUTION)),
  )
}

/** 1 for each area number that lies in a loaded county. */
function loadedAreas(table: RecordTable): Uint8Array {
  const counties = new Set(table.handle.loadedCounties)
  const { areas } = table
  const isLoaded = new Uint8Array(areas.size + 1)
  for (let area = 1; area <= areas.size; area++) if (counties.has(areas.first(area))) isLoaded[area] = 1
  return isLoaded
}

function policeShare(table: RecordTable, names: NameFeatures, flags: Uint8Array, expecting: number): number {
  const { idNo, idKind } = table.columns
  const held = new Uint8Array(table.ids.size + 1)
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) held[idNo[row]] = 1
  let asked = 0
  let found = 0
  const askedRows: number[] = []
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if ((flags[row] & EXPECTS.police) === 0 || idKind[row] !== ID_KIND.valid) continue
    asked++
    found += held[idNo[row]]
    askedRows.push(row)
  }
  if (isUnnumbered(asked, expecting)) return shareByName(table, names, flags, EXPECTS.police)
  // The police row may be there and have no number.
  return missing(asked, Math.min(asked, found / numberedShare(table, names, held, askedRows)))
}

/**
 * Share of the police rows of people in the census with a number that have one too, told by those whom name, month and village join.
 * (The share of all police rows would not do: who has no number there has often none in the census either.)
 */
function numberedShare(
  table: RecordTable,
  names: NameFeatures,
  held: Uint8Array,
  censusRows: readonly number[],
): number {
  const { idNo, idKind } = table.columns
  const [from, to] = [table.starts[POLICE], table.starts[POLICE + 1]]
  let numbered = 0
  for (let row = from; row < to; row++) if (idKind[row] === ID_KIND.valid) numbered++
  if (numbered >= (to - from) * NUMBERED_ALL) return 1
  const seen = new Uint8Array(SEEN_SLOTS)
  for (let row = from; row < to; row++) {
    const slot = slotOf(table, names, row)
    if (slot >= 0) seen[slot] |= idKind[row] === ID_KIND.valid ? 1 : 2
  }
  let [joined, unnumbered] = [0, 0]
  for (const row of censusRows) {
    const slot = slotOf(table, names, row)
    const there = slot < 0 ? 0 : seen[slot]
    if (held[idNo[row]] === 1) joined += there & 1
    else unnumbered += there >> 1
  }
  return Math.max(NUMBERED_LEAST, (joined + CAUTION) / (joined + unnumbered + CAUTION))
}

function censusShare(table: RecordTable, names: NameFeatures, flags: Uint8Array, expecting: number): number {
  const { idNo, idKind, residence } = table.columns
  const held = new Uint8Array(table.ids.size + 1)
  const sideOf = (row: number): number => (residence[row] === 1 ? PRESENCE.present : PRESENCE.away)
  let coverage = 0
  const from = table.starts[CENSUS]
  const to = table.starts[CENSUS + 1]
  for (let row = from; row < to; row++) {
    if (idKind[row] !== ID_KIND.valid) continue
    held[idNo[row]] |= sideOf(row)
    coverage++
  }
  let asked = 0
  let found = 0
  for (let row = from; row < to; row++) {
    if ((flags[row] & EXPECTS.census) === 0 || idKind[row] !== ID_KIND.valid) continue
    asked++
    if ((held[idNo[row]] & (3 - sideOf(row))) !== 0) found++
  }
  if (isUnnumbered(asked, expecting)) return shareByName(table, names, flags, EXPECTS.census)
  // The other row may be there and have no number.
  return missing(asked, Math.min(asked, found / Math.max(NUMBERED_LEAST, coverage / Math.max(1, to - from))))
}

function isUnnumbered(asked: number, expecting: number): boolean {
  return asked < NUMBERED_MIN && asked < expecting * NUMBERED_SHARE_MIN
}

/**
 * Where hardly a row has a number: partners are those of one name, month of birth and hukou village. Whose name or month is
 * written otherwise counts as without partner, so this q errs towards caution more than that by numbers.
 */
function shareByName(table: RecordTable, names: NameFeatures, flags: Uint8Array, expected: number): number {
  const { residence } = table.columns
  const isPolice = expected === EXPECTS.police
  const sideOf = (row: number): number => (residence[row] === 1 ? PRESENCE.present : PRESENCE.away)
  // The register has one side, the census those of PRESENCE.
  const seen = [0, 1, 2].map((side) => new Uint8Array(isPolice === (side === 0) ? SEEN_SLOTS : 0))
  const partners = isPolice ? POLICE : CENSUS
  for (let row = table.starts[partners]; row < table.starts[partners + 1]; row++) {
    const slot = slotOf(table, names, row)
    if (slot >= 0) seen[isPolice ? 0 : sideOf(row)][slot] = 1
  }
  let asked = 0
  let found = 0
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if ((flags[row] & expected) === 0) continue
    asked++
    const slot = slotOf(table, names, row)
    if (slot >= 0) found += seen[isPolice ? 0 : 3 - sideOf(row)][slot]
  }
  return missing(asked, found)
}

/** A slot for the name, month of birth and hukou village of a row, by what they are and not by their numbers here; −1 where it lacks one. */
function slotOf({ columns, starts, areas }: RecordTable, names: NameFeatures, row: number): number {
  const { name, birth, area, hukouArea } = columns
  const village = row < starts[POLICE + 1] ? area[row] : hukouArea[row]
  const who = names.variantHash(name[row])
  const month = birth[row] >>> MONTH_SHIFT
  if (who === 0 || month === 0 || village === 0 || areas.third(village) < 12) return -1
  return mixTriple(Math.imul(who, 31) + month, areas.first(village), areas.second(village)) >>> SEEN_SHIFT
}

function missing(asked: number, found: number): number {
  return Math.min(1, (asked - found + CAUTION) / (asked + CAUTION) + SPOILED)
}
