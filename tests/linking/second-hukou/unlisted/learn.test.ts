/** How many unlisted hukou are second ones is learned, and what those keep. */
import { describe, expect, test } from 'vitest'
import { STANDS } from '../../../../src/linking/second-hukou/alone-in-book.ts'
import {
  type Candidate,
  CandidateColumns,
  learnShares,
  type SharesOfSecond,
  tellChances,
  type Unlisted,
} from '../../../../src/linking/second-hukou/unlisted/learn.ts'

const COUNTY = 10_000
const [DATE, DAY_NEAR] = [0, 1]
const [SAME, SURNAME] = [0, 1]

function candidate(more: Partial<Candidate> = {}): Candidate {
  return {
    row: 1,
    birth: DATE,
    name: SURNAME,
    perBirth: 5000,
    perName: 50,
    rest: 1,
    sibling: 0,
    isOfFamily: false,
    isOfName: false,
    stray: 0,
    third: 1,
    ...more,
  }
}

/** An unlisted row that stands alone in its book, by its candidates. */
type Alone = readonly Candidate[]

const alone = (...candidates: Candidate[]): Alone => candidates
const many = (count: number, one: Alone): Alone[] => Array.from({ length: count }, () => one)

function laidOut(rows: readonly Alone[]): { people: Unlisted[]; candidates: CandidateColumns } {
  const candidates = new CandidateColumns(rows.flat().length)
  let end = 0
  const people = rows.map((own): Unlisted => {
    const from = end
    for (const one of own) candidates.set(end++, one)
    return { row: 0, stands: STANDS.alone, from, to: end }
  })
  return { people, candidates }
}

function learn(rows: readonly Alone[]): SharesOfSecond {
  const { people, candidates } = laidOut(rows)
  return learnShares(people, candidates, COUNTY)
}

function chancesOf(one: Alone, shares: SharesOfSecond): number[] {
  const { people, candidates } = laidOut([one])
  const chances: number[] = []
  tellChances(people[0], candidates, shares, (_, chance) => chances.push(chance))
  return chances
}

describe('unlisted rows', () => {
  const certain = alone(candidate({ rest: 1000 }))

  test('are second hukou as often as the county has them', () => {
    const few = learn(many(200, alone()))
    const most = learn([...many(20, alone()), ...many(180, certain)])
    expect(few.second[STANDS.alone]).toBeLessThan(0.05)
    expect(most.second[STANDS.alone]).toBeGreaterThan(0.85)
    // Of who stands with the family nothing was seen.
    expect(most.second[STANDS.family]).toBeCloseTo(few.second[STANDS.family])
    const doubtful = alone(candidate())
    expect(chancesOf(doubtful, few)[0]).toBeLessThan(0.2)
    expect(chancesOf(doubtful, most)[0]).toBeGreaterThan(0.6)
  })

  test('keep the name as seldom as those of the county that are found', () => {
    const renamed = learn(many(200, certain))
    const kept = learn(many(200, alone(candidate({ rest: 1000, name: SAME, birth: DAY_NEAR }))))
    expect(renamed.names[SURNAME]).toBeGreaterThan(0.7)
    expect(kept.names[SURNAME]).toBeLessThan(0.1)
    expect(kept.births[DAY_NEAR]).toBeGreaterThan(0.7)
  })

  test('share their chance among all who are as alike, and with brothers who are as alike', () => {
    const shares = learn(many(50, certain))
    const [one] = chancesOf(certain, shares)
    const two = chancesOf(alone(candidate({ rest: 1000 }), candidate({ row: 2, rest: 1000 })), shares)
    expect(one).toBeGreaterThan(0.99)
    expect(two[0]).toBeCloseTo(two[1])
    expect(two[0]).toBeLessThan(0.51)
    const [brother] = chancesOf(alone(candidate({ rest: 1000, sibling: 1e10 })), shares)
    expect(brother).toBeLessThan(one / 2)
  })

  test('are sooner his who is listed in their village without a hukou there', () => {
    const shares = learn(many(50, certain))
    const [plain] = chancesOf(alone(candidate()), shares)
    const [stray] = chancesOf(alone(candidate({ stray: 1000 })), shares)
    expect(stray).toBeGreaterThan(plain)
    expect(stray).toBeGreaterThan(0.98)
  })
})
