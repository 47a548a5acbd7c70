/**
 * Who of a check sample is who in the census: two enumerations linked blind, by what each wrote of the person.
 *
 * In:  rows of both. Out: for each sample row the census rows of the same person. Neither findings nor verdicts nor the
 *      household numbers of the census are looked at. Searched are the villages of the drawn blocks whole, and of the rest
 *      of the county those who bear the same number, or the same name at nearly the same age.
 */
import type { EnumeratedRow } from '../../findings/coverage/index.ts'
import { link, tableFromRows } from '../../tables/index.ts'

const SPEC = {
  id: 'key',
  columns: { name: 'full name', number: 'code', birth: 'date', sex: 'category', village: 'code', block: 'code' },
}

export function partnersOf(
  sample: readonly EnumeratedRow[],
  census: readonly EnumeratedRow[],
): readonly (readonly number[])[] {
  const near = candidatesFor(sample, census)
  const partners: number[][] = sample.map(() => [])
  if (sample.length === 0 || near.length === 0) return partners
  const { clusters } = link(
    tableOf(
      'sample',
      sample,
      sample.map((_, s) => s),
    ),
    tableOf('census', census, near),
    SPEC,
    { oneToOne: 'no' },
  )
  for (const cluster of clusters) {
    const rows = cluster.filter(({ source }) => source === 'right').map(({ recordId }) => Number(recordId))
    const met = cluster.filter(({ source }) => source === 'left').map(({ recordId }) => Number(recordId))
    if (met.length === 0) continue
    // Two people of the sample are two: the check met each of them once.
    if (met.length === 1) partners[met[0]] = rows.sort((a, b) => a - b)
    else for (const [s, own] of shareOut(met, rows, sample, census)) partners[s] = own
  }
  pairLeftovers(sample, census, partners)
  return partners
}

/** From here on two leftovers of one block are one person. */
const LIKE_ENOUGH = 4

/**
 * In each block the few whom the links left over on either side: among so few, the same month and surname, or the same
 * name, is enough. A missed link would count as a missed person, one for one. Only mutual best pairs without a rival.
 */
function pairLeftovers(
  sample: readonly EnumeratedRow[],
  census: readonly EnumeratedRow[],
  partners: readonly number[][],
): void {
  const taken = new Set(partners.flat())
  const free = new Map<string, { readonly met: number[]; readonly listed: number[] }>()
  sample.forEach(({ block, isPresent }, s) => {
    if (!isPresent || partners[s].some((k) => census[k].block === block && census[k].isPresent)) return
    const own = free.get(block) ?? { met: [], listed: [] }
    own.met.push(s)
    free.set(block, own)
  })
  census.forEach(({ block, isPresent }, k) => {
    if (isPresent && !taken.has(k)) free.get(block)?.listed.push(k)
  })
  for (const { met, listed } of free.values())
    for (const s of met) {
      const k = onlyBest(listed, (other) => resemblance(sample[s], census[other]))
      if (k !== undefined && onlyBest(met, (other) => resemblance(sample[other], census[k])) === s) partners[s].push(k)
    }
}

function onlyBest(of: readonly number[], likenessOf: (other: number) => number): number | undefined {
  let best: number | undefined
  let most = LIKE_ENOUGH - 1
  for (const other of of) {
    const likeness = likenessOf(other)
    if (likeness < most || likeness < LIKE_ENOUGH) continue
    best = likeness === most ? undefined : other
    most = likeness
  }
  return best
}

function resemblance(a: EnumeratedRow, b: EnumeratedRow): number {
  const [one, other] = [a.items, b.items]
  const known = (item: 'name' | 'birth' | 'sex' | 'number'): boolean => one[item] !== '' && other[item] !== ''
  let score = 0
  if (known('birth')) score += one.birth === other.birth ? 2 : one.birth.slice(0, 4) === other.birth.slice(0, 4) ? 1 : 0
  if (known('sex')) score += one.sex === other.sex ? 1 : -1
  if (known('name')) {
    const [first, ...rest] = other.name
    score +=
      one.name === other.name ? 3 : Number(one.name.startsWith(first)) + Number(rest.some((c) => one.name.includes(c)))
  }
  // Two good numbers that differ widely are two people.
  if (known('number')) score += digitsAlike(one.number, other.number) >= 15 ? 3 : -3
  return score
}

function digitsAlike(a: string, b: string): number {
  let alike = 0
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) alike++
  return alike
}

function candidatesFor(sample: readonly EnumeratedRow[], census: readonly EnumeratedRow[]): readonly number[] {
  const villages = new Set(sample.map(({ block }) => block.slice(0, 12)))
  const numbers = new Set(sample.map(({ items }) => items.number).filter((number) => number !== ''))
  const years = new Map<string, Set<number>>()
  for (const { items } of sample) {
    const own = years.get(items.name) ?? new Set<number>()
    if (items.birth !== '') for (const shift of [-1, 0, 1]) own.add(Number(items.birth.slice(0, 4)) + shift)
    years.set(items.name, own)
  }
  const found: number[] = []
  census.forEach(({ block, items }, k) => {
    const isNamesake = items.name !== '' && (years.get(items.name)?.has(Number(items.birth.slice(0, 4))) ?? false)
    if (villages.has(block.slice(0, 12)) || numbers.has(items.number) || isNamesake) found.push(k)
  })
  return found
}

function tableOf(name: string, rows: readonly EnumeratedRow[], which: readonly number[]) {
  return tableFromRows(
    name,
    which.map((k) => {
      const { block, items } = rows[k]
      const { name: written, number, birth, sex } = items
      return { key: String(k), name: written, number, birth, sex, village: block.slice(0, 12), block }
    }),
  )
}

/** Twins and namesakes whom the links run together: each census row goes to the sample row that it resembles most. */
function shareOut(
  met: readonly number[],
  rows: readonly number[],
  sample: readonly EnumeratedRow[],
  census: readonly EnumeratedRow[],
): ReadonlyMap<number, number[]> {
  const shares = new Map(met.map((s) => [s, [] as number[]]))
  for (const k of rows) {
    const best = met.reduce((a, b) => (likeness(sample[b], census[k]) > likeness(sample[a], census[k]) ? b : a))
    shares.get(best)?.push(k)
  }
  for (const own of shares.values()) own.sort((a, b) => a - b)
  return shares
}

function likeness(a: EnumeratedRow, b: EnumeratedRow): number {
  const agrees = (item: 'number' | 'name' | 'sex' | 'birth'): boolean =>
    a.items[item] !== '' && a.items[item] === b.items[item]
  return (
    (agrees('number') ? 8 : 0) +
    (agrees('name') ? 4 : 0) +
    (agrees('birth') ? 2 : 0) +
    (agrees('sex') ? 1 : 0) +
    (a.block === b.block ? 0.5 : 0)
  )
}
