/**
 * 质量抽查: an independent re-enumeration of drawn blocks against the census rows of the same people.
 *
 * In:  the blocks that came back, their sample rows, the census rows that may be theirs, and which are one person. Out:
 * 漏登率, 重登率 and 差错率 with intervals, the dual-system estimate for the blocks, and every case to look at again. Pure;
 * nothing is changed, nothing is counted per enumerator.
 *
 * A person is missed (漏登) when no census row anywhere says "present"; listed elsewhere (登记在别处) when one does, in
 * another block. Of two rows in a drawn block one is surplus; where the second lies elsewhere, that one is. Census rows of a
 * drawn block whom the check did not meet are asked about again (多登待核): the check errs too, so they are no rate.
 */
import { type ClusterCount, type Share, shareOfClusters } from './cluster-ratio.ts'
import { type Estimate, estimatePopulation, type LinkageError, PERFECT_LINKAGE } from './dual-system.ts'

export const CHECK_ITEMS = ['name', 'number', 'sex', 'birth', 'ethnicity', 'hukou', 'duration'] as const
export type CheckItem = (typeof CHECK_ITEMS)[number]

/** A person as one of the two enumerations wrote it; items already folded, '' not answered. */
export interface EnumeratedRow {
  readonly key: string
  /** 15 digits. */
  readonly block: string
  readonly isPresent: boolean
  readonly items: Readonly<Record<CheckItem, string>>
}

const CASE_KINDS = [
  'missed',
  'elsewhere',
  'away-only',
  'duplicate',
  'duplicate-elsewhere',
  'not-met',
  'item-error',
] as const
type CaseKind = (typeof CASE_KINDS)[number]

interface CheckCase {
  readonly kind: CaseKind
  readonly block: string
  /** '' where only the census has a row. */
  readonly sampleKey: string
  readonly censusKeys: readonly string[]
  readonly items: readonly CheckItem[]
}

export interface CheckSample {
  readonly blocks: number
  /** People met in the drawn blocks; census rows "present" there; people on both. */
  readonly met: number
  readonly registered: number
  readonly both: number
  /** missed / (registered + missed), missed nowhere in the census. */
  readonly missed: Share
  /** The same with those listed elsewhere or as away only: the block's own list is short of them. */
  readonly missedHere: Share
  /** Surplus rows / registered. */
  readonly duplicate: Share
  /** People with any item that differs / people on both. */
  readonly anyItem: Share
  readonly items: Readonly<Record<CheckItem, Share>>
  readonly notMet: number
  readonly estimate: Estimate
  readonly cases: readonly CheckCase[]
}

export interface CheckSampleInput {
  readonly blocks: readonly string[]
  readonly sample: readonly EnumeratedRow[]
  readonly census: readonly EnumeratedRow[]
  /** For each sample row the census rows of the same person, as numbers into `census`. */
  readonly partners: readonly (readonly number[])[]
  /** Blocks of the county, for the share that was drawn. */
  readonly blocksInAll?: number
  readonly linkage?: LinkageError
}

interface BlockTally {
  met: number
  registered: number
  both: number
  missed: number
  notHere: number
  surplus: number
  anyItem: number
  readonly items: Record<CheckItem, { count: number; of: number }>
}

export function measureCheckSample(input: CheckSampleInput): CheckSample {
  const { census, sample, partners } = input
  const tallies = new Map(input.blocks.map((block) => [block, emptyTally()]))
  const cases: CheckCase[] = []
  const isPartner = new Uint8Array(census.length)
  for (const row of census) if (row.isPresent) tallyOf(tallies, row.block, (tally) => tally.registered++)
  sample.forEach((row, s) => {
    for (const k of partners[s]) isPartner[k] = 1
    const tally = tallies.get(row.block)
    if (tally === undefined || !row.isPresent) return
    cases.push(
      ...tallyPerson(
        row,
        partners[s].map((k) => census[k]),
        tally,
      ),
    )
  })
  let notMet = 0
  census.forEach((row, k) => {
    if (!row.isPresent || isPartner[k] === 1 || !tallies.has(row.block)) return
    notMet++
    cases.push({ kind: 'not-met', block: row.block, sampleKey: '', censusKeys: [row.key], items: [] })
  })
  return summarise([...tallies.values()], cases, notMet, input)
}

function emptyTally(): BlockTally {
  const items = Object.fromEntries(CHECK_ITEMS.map((item) => [item, { count: 0, of: 0 }]))
  return {
    met: 0,
    registered: 0,
    both: 0,
    missed: 0,
    notHere: 0,
    surplus: 0,
    anyItem: 0,
    items: items as BlockTally['items'],
  }
}

function tallyOf(tallies: ReadonlyMap<string, BlockTally>, block: string, add: (tally: BlockTally) => void): void {
  const tally = tallies.get(block)
  if (tally !== undefined) add(tally)
}

/** One person met in a drawn block, and what the census has of him. */
function tallyPerson(row: EnumeratedRow, rows: readonly EnumeratedRow[], tally: BlockTally): CheckCase[] {
  const cases: CheckCase[] = []
  const say = (kind: CaseKind, of: readonly EnumeratedRow[], items: readonly CheckItem[] = []): void => {
    cases.push({ kind, block: row.block, sampleKey: row.key, censusKeys: of.map(({ key }) => key), items })
  }
  const present = rows.filter(({ isPresent }) => isPresent)
  const here = present.filter(({ block }) => block === row.block)
  const elsewhere = present.filter(({ block }) => block !== row.block)
  tally.met++
  if (here.length === 0) {
    if (present.length === 0) tally.missed++
    else if (present.length > 1) {
      tally.surplus += present.length - 1
      say('duplicate-elsewhere', present)
    }
    tally.notHere++
    say(present.length > 0 ? 'elsewhere' : rows.length > 0 ? 'away-only' : 'missed', rows)
    return cases
  }
  tally.both++
  tally.surplus += here.length - 1 + elsewhere.length
  if (here.length > 1) say('duplicate', here)
  if (elsewhere.length > 0) say('duplicate-elsewhere', [...here, ...elsewhere])
  const [best, differing] = here
    .map((other) => [other, differencesOf(row, other)] as const)
    .reduce((a, b) => (b[1].length < a[1].length ? b : a))
  for (const item of CHECK_ITEMS) {
    if (row.items[item] === '' || best.items[item] === '') continue
    tally.items[item].of++
    if (differing.includes(item)) tally.items[item].count++
  }
  if (differing.length > 0) {
    tally.anyItem++
    say('item-error', [best], differing)
  }
  return cases
}

function differencesOf(a: EnumeratedRow, b: EnumeratedRow): readonly CheckItem[] {
  return CHECK_ITEMS.filter((item) => a.items[item] !== '' && b.items[item] !== '' && a.items[item] !== b.items[item])
}

function summarise(
  tallies: readonly BlockTally[],
  cases: readonly CheckCase[],
  notMet: number,
  { blocks, blocksInAll, linkage = PERFECT_LINKAGE }: CheckSampleInput,
): CheckSample {
  const sum = (of: (tally: BlockTally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  const share = (of: (tally: BlockTally) => ClusterCount): Share => shareOfClusters(tallies.map(of), blocksInAll)
  const [met, registered, both] = [sum((t) => t.met), sum((t) => t.registered), sum((t) => t.both)]
  const items = CHECK_ITEMS.map((item) => [item, share((tally) => tally.items[item])] as const)
  // Rows in the drawn blocks that are one too many are no people.
  const surplusHere = cases.reduce(
    (n, { kind, censusKeys }) => (kind === 'duplicate' ? n + censusKeys.length - 1 : n),
    0,
  )
  return {
    blocks: blocks.length,
    met,
    registered,
    both,
    missed: share(({ missed, registered: of }) => ({ count: missed, of: of + missed })),
    missedHere: share(({ notHere, registered: of }) => ({ count: notHere, of: of + notHere })),
    duplicate: share(({ surplus, registered: of }) => ({ count: surplus, of })),
    anyItem: share(({ anyItem, both: of }) => ({ count: anyItem, of })),
    items: Object.fromEntries(items) as Record<CheckItem, Share>,
    notMet,
    estimate: estimatePopulation({ first: registered - surplusHere, second: met, both }, linkage),
    cases,
  }
}

/**
 * Blocks in the order in which a seed draws them; the first n are the sample. The order depends on code and seed only, so
 * a larger sample holds the smaller one.
 */
export function drawBlocks(blocks: readonly string[], fraction: (block: string) => number): readonly string[] {
  return [...blocks].sort((a, b) => fraction(a) - fraction(b) || (a < b ? -1 : 1))
}

/** One block of each village (一个普查区抽一个普查小区), by the same draw. */
export function drawOnePerVillage(blocks: readonly string[], fraction: (block: string) => number): readonly string[] {
  const villages = new Set<string>()
  return drawBlocks(blocks, fraction)
    .filter((block) => {
      const village = block.slice(0, 12)
      if (villages.has(village)) return false
      villages.add(village)
      return true
    })
    .sort()
}
