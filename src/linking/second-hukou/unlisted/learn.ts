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

/** An unlisted row, how it stands in its book, and whose it may be. */
export interface Unlisted {
  readonly row: number
  readonly stands: number
  readonly candidates: readonly Candidate[]
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

/** Likelihood of a candidate before anything is learned: which row of one person is the likest. */
export function usualRatio(candidate: Candidate): number {
  return ratioOf(candidate, usualShares())
}

function ratioOf(candidate: Candidate, { births, names, stray }: SharesOfSecond): number {
  const { birth, name, perBirth, perName, rest, third } = candidate
  return (
    births[birth] *
    perBirth *
    names[name] *
    perName *
    rest *
    third *
    (candidate.stray > 0 ? stray * candidate.stray : 1 - stray)
  )
}

/** Odds of each candidate, and of the row being a person of its own: somebody's brother or sister, or nobody's. */
function oddsOf(
  { stands, candidates }: Unlisted,
  shares: SharesOfSecond,
): { readonly odds: readonly number[]; readonly none: number; readonly unmet: number } {
  const share = shares.second[stands]
  const odds = candidates.map((candidate) => (share / shares.people) * ratioOf(candidate, shares))
  const siblings = candidates.reduce((sum, { sibling }) => sum + sibling, 0) / shares.people
  return { odds, none: (1 - share) * (1 + siblings), unmet: share * shares.unmet }
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
export function learnShares(people: readonly Unlisted[], county: number): SharesOfSecond {
  let shares: SharesOfSecond = { ...usualShares(), unmet: unmetOf(USUAL_BIRTHS, USUAL_NAMES), people: county }
  for (let round = 0; round < ROUNDS; round++) shares = again(people, shares)
  return shares
}

/** The chance of each candidate of an unlisted row. */
export function chancesOf(one: Unlisted, shares: SharesOfSecond): number[] {
  const { odds, none, unmet } = oddsOf(one, shares)
  const all = odds.reduce((sum, value) => sum + value, none + unmet)
  return odds.map((value) => value / all)
}

/** One round: what the chances by the shares so far make of the shares. */
function again(people: readonly Unlisted[], shares: SharesOfSecond): SharesOfSecond {
  const second = USUAL_SHARES.map((share) => ({ sum: CAUTION * share, of: CAUTION }))
  const births = USUAL_BIRTHS.map((share) => CLASSES_CAUTION * share)
  const names = USUAL_NAMES.map((share) => CLASSES_CAUTION * share)
  const stray = { sum: CLASSES_CAUTION * USUAL_STRAY, of: CLASSES_CAUTION }
  let unmetOnes = 0
  for (const one of people) {
    const { odds, none, unmet } = oddsOf(one, shares)
    const all = odds.reduce((sum, value) => sum + value, none + unmet)
    second[one.stands].of++
    second[one.stands].sum += unmet / all
    unmetOnes += unmet / all
    one.candidates.forEach((candidate, k) => {
      const chance = odds[k] / all
      second[one.stands].sum += chance
      births[candidate.birth] += chance
      names[candidate.name] += chance
      stray.of += chance
      if (candidate.stray > 0) stray.sum += chance
    })
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
