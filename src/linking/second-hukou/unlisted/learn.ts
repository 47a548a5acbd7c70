/**
 * How many unlisted hukou are second ones, and what of birth and name those keep: learned by EM from the county itself.
 *
 * In:  unlisted people with their candidates. Out: the chance of each candidate. What the constants say is believed until a few dozen
 * are seen. A second hukou of another name on another day meets nobody: it is counted among those that are, and never found.
 */
import { isMet, type Likeness, USUAL_BIRTHS, USUAL_NAMES } from './likeness.ts'

/** Of unlisted people so many have their second hukou here, by how they stand (STANDS in alone-in-book.ts); believed as CAUTION of them. */
const USUAL_SHARES: readonly number[] = [0.25, 0.01, 0.1, 0.05]
const CAUTION = 8
/** Classes of births and names are believed as so many second hukou. */
const CLASSES_CAUTION = 20
/** Four in ten second hukou have a row in the census: the first one's away row in that village. */
const USUAL_STRAY = 0.4
const ROUNDS = 12

/** A candidate for an unlisted row. */
export interface Candidate extends Likeness {
  readonly row: number
  /** The person is listed as away in the village of the unlisted row, without a hukou there: how much oftener than anybody; 0 = is not. */
  readonly stray: number
  /** Less than 1 where the person has two hukou already. */
  readonly third: number
}

/** CandidateColumns of all unlisted rows, those of one row side by side, in columns: a county has them by the hundred thousand. */
export class CandidateColumns {
  readonly row: Int32Array
  readonly isOfFamily: Uint8Array
  readonly isOfName: Uint8Array
  readonly birth: Uint8Array
  readonly name: Uint8Array
  /** Likelihood ratio of all that is not learned. */
  readonly rest: Float64Array
  readonly stray: Float64Array
  readonly sibling: Float64Array
  /** As the shares tell them that were asked last. */
  readonly odds: Float64Array

  /** @param most candidates that there may be */
  constructor(most: number) {
    this.row = new Int32Array(most)
    this.isOfFamily = new Uint8Array(most)
    this.isOfName = new Uint8Array(most)
    this.birth = new Uint8Array(most)
    this.name = new Uint8Array(most)
    this.rest = new Float64Array(most)
    this.stray = new Float64Array(most)
    this.sibling = new Float64Array(most)
    this.odds = new Float64Array(most)
  }

  set(at: number, candidate: Candidate): void {
    this.row[at] = candidate.row
    this.isOfFamily[at] = candidate.isOfFamily ? 1 : 0
    this.isOfName[at] = candidate.isOfName ? 1 : 0
    this.birth[at] = candidate.birth
    this.name[at] = candidate.name
    this.rest[at] = candidate.perBirth * candidate.perName * candidate.rest * candidate.third
    this.stray[at] = candidate.stray
    this.sibling[at] = candidate.sibling
  }

  copy(from: number, to: number): void {
    for (const column of [this.row, this.isOfFamily, this.isOfName, this.birth, this.name]) column[to] = column[from]
    for (const column of [this.rest, this.stray, this.sibling]) column[to] = column[from]
  }
}

/** An unlisted row, how it stands in its book, and whose it may be: candidates from … to. */
export interface Unlisted {
  readonly row: number
  readonly stands: number
  readonly from: number
  readonly to: number
}

/** What is learned: shares of second hukou by how they stand; of those in each class, listed in that village, met by no key. */
export interface SharesOfSecond {
  readonly second: readonly number[]
  readonly births: readonly number[]
  readonly names: readonly number[]
  readonly stray: number
  readonly unmet: number
  /** Registered people of the county. */
  readonly people: number
}

function usualShares(): SharesOfSecond {
  return { second: USUAL_SHARES, births: USUAL_BIRTHS, names: USUAL_NAMES, stray: USUAL_STRAY, unmet: 0, people: 1 }
}

const USUAL = usualShares()

/** Likelihood of a candidate before anything is learned: which row of one person is the likest. */
export function usualRatio(candidates: CandidateColumns, at: number): number {
  return ratioOf(candidates, at, USUAL)
}

function ratioOf(candidates: CandidateColumns, at: number, { births, names, stray }: SharesOfSecond): number {
  const there = candidates.stray[at]
  return (
    births[candidates.birth[at]] *
    names[candidates.name[at]] *
    candidates.rest[at] *
    (there > 0 ? stray * there : 1 - stray)
  )
}

/**
 * Odds of each candidate, into its column, and of the row being a person of its own: somebody's brother or sister, or nobody's.
 * @returns those of a second hukou that no key meets, and of all together
 */
function tellOdds(
  { stands, from, to }: Unlisted,
  candidates: CandidateColumns,
  shares: SharesOfSecond,
): { readonly unmet: number; readonly all: number } {
  const { odds, sibling } = candidates
  const share = shares.second[stands]
  let siblings = 0
  for (let at = from; at < to; at++) {
    odds[at] = (share / shares.people) * ratioOf(candidates, at, shares)
    siblings += sibling[at]
  }
  const unmet = share * shares.unmet
  let all = (1 - share) * (1 + siblings / shares.people) + unmet
  for (let at = from; at < to; at++) all += odds[at]
  return { unmet, all }
}

/** Share of second hukou that no key meets: of another name on another day. */
function unmetOf(births: readonly number[], names: readonly number[]): number {
  let unmet = 0
  forEachUnmet(births, names, (_b, _n, share) => (unmet += share))
  return unmet
}

/** Classes of births and names that no key brings together, with the share of second hukou in both. */
function forEachUnmet(
  births: readonly number[],
  names: readonly number[],
  tell: (birth: number, name: number, share: number) => void,
): void {
  births.forEach((birth, b) =>
    names.forEach((name, n) => {
      if (!isMet(b, n)) tell(b, n, birth * name)
    }),
  )
}

/** @param county how many people are registered */
export function learnShares(people: readonly Unlisted[], candidates: CandidateColumns, county: number): SharesOfSecond {
  let shares: SharesOfSecond = { ...USUAL, unmet: unmetOf(USUAL_BIRTHS, USUAL_NAMES), people: county }
  for (let round = 0; round < ROUNDS; round++) shares = again(people, candidates, shares)
  return shares
}

/** The chance of each candidate of an unlisted row. */
export function tellChances(
  one: Unlisted,
  candidates: CandidateColumns,
  shares: SharesOfSecond,
  tell: (at: number, chance: number) => void,
): void {
  const { all } = tellOdds(one, candidates, shares)
  for (let at = one.from; at < one.to; at++) tell(at, candidates.odds[at] / all)
}

/** One round: what the chances by the shares so far make of the shares. */
function again(people: readonly Unlisted[], candidates: CandidateColumns, shares: SharesOfSecond): SharesOfSecond {
  const { birth, name, odds } = candidates
  const second = USUAL_SHARES.map((share) => ({ sum: CAUTION * share, of: CAUTION }))
  const births = USUAL_BIRTHS.map((share) => CLASSES_CAUTION * share)
  const names = USUAL_NAMES.map((share) => CLASSES_CAUTION * share)
  const stray = { sum: CLASSES_CAUTION * USUAL_STRAY, of: CLASSES_CAUTION }
  let unmetOnes = 0
  for (const one of people) {
    const { unmet, all } = tellOdds(one, candidates, shares)
    second[one.stands].of++
    second[one.stands].sum += unmet / all
    unmetOnes += unmet / all
    for (let at = one.from; at < one.to; at++) {
      const chance = odds[at] / all
      second[one.stands].sum += chance
      births[birth[at]] += chance
      names[name[at]] += chance
      stray.of += chance
      if (candidates.stray[at] > 0) stray.sum += chance
    }
  }
  forEachUnmet(shares.births, shares.names, (b, n, share) => {
    births[b] += (unmetOnes * share) / shares.unmet
    names[n] += (unmetOnes * share) / shares.unmet
  })
  const [bornSo, calledSo] = [shared(births), shared(names)]
  return {
    second: second.map(({ sum, of }) => sum / of),
    births: bornSo,
    names: calledSo,
    stray: stray.sum / stray.of,
    unmet: unmetOf(bornSo, calledSo),
    people: shares.people,
  }
}

function shared(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / all)
}
