/**
 * What need not be asked: verdicts that follow from a person's verdict.
 *
 * One-to-one: a census row is one person, so choosing one registered person rejects the other candidates of that row.
 * The other way round it does not hold (a person rightly has two census rows, present and away), so nothing follows
 * for the other rows of a registered person.
 * Transitivity: same(A,B) and same(B,C) make same(A,C); same(A,B) and different(B,C) make different(A,C).
 *
 * In:  the pairs still open around a decision, and what stands. Out: derived verdicts, sorted by pair. Pure.
 */
import { compareText } from '../../text-order.ts'
import { otherOf, registerOf } from './tasks.ts'

export interface StandingPair {
  readonly pairId: string
  readonly left: string
  readonly right: string
  readonly verdict: 'same' | 'different' | undefined
}

export interface DerivedVerdict {
  readonly pairId: string
  readonly verdict: 'same' | 'different'
  readonly rule: 'one-to-one' | 'transitive'
}

/** Registers in which a person has one effective row at most, as far as a census row's match goes. */
const ONE_PERSON_REGISTERS: ReadonlySet<string> = new Set(['police', 'births', 'deaths', 'census_deaths'])

/**
 * @param pairsOf all pairs of a record, decided or not
 * @param personOf which rows are one person already (police versions of one person are no rivals)
 */
export function deriveVerdicts(
  decided: {
    readonly pairId: string
    readonly left: string
    readonly right: string
    readonly verdict: 'same' | 'different'
  },
  pairsOf: (record: string) => readonly StandingPair[],
  personOf: (record: string) => string,
): readonly DerivedVerdict[] {
  const found = new Map<string, DerivedVerdict>()
  const add = (pair: StandingPair, verdict: 'same' | 'different', rule: DerivedVerdict['rule']) => {
    if (pair.verdict === undefined && pair.pairId !== decided.pairId && !found.has(pair.pairId))
      found.set(pair.pairId, { pairId: pair.pairId, verdict, rule })
  }
  const { left, right, verdict } = decided
  if (verdict === 'same')
    for (const [census, registered] of [
      [left, right],
      [right, left],
    ]) {
      if (registerOf(census) !== 'census' || !ONE_PERSON_REGISTERS.has(registerOf(registered))) continue
      for (const pair of pairsOf(census)) {
        const rival = otherOf(pair, census)
        const isOther = personOf(rival) !== personOf(registered) || personOf(rival) === ''
        if (registerOf(rival) === registerOf(registered) && rival !== registered && isOther)
          add(pair, 'different', 'one-to-one')
      }
    }
  // Around each end: what stands between the end and a third row holds for the other end too.
  for (const [near, far] of [
    [left, right],
    [right, left],
  ]) {
    const around = new Map<string, 'same' | 'different'>()
    for (const pair of pairsOf(near)) if (pair.verdict !== undefined) around.set(otherOf(pair, near), pair.verdict)
    for (const pair of pairsOf(far)) {
      const between = around.get(otherOf(pair, far))
      if (between === undefined) continue
      if (verdict === 'same') add(pair, between, 'transitive')
      else if (between === 'same') add(pair, 'different', 'transitive')
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.pairId, b.pairId))
}

/** The registered person a census row was already matched with, if a second `same` would contradict it. */
export function findContradiction(
  decided: { readonly pairId: string; readonly left: string; readonly right: string },
  pairsOf: (record: string) => readonly StandingPair[],
  personOf: (record: string) => string,
): string | undefined {
  for (const [census, registered] of [
    [decided.left, decided.right],
    [decided.right, decided.left],
  ]) {
    if (registerOf(census) !== 'census' || !ONE_PERSON_REGISTERS.has(registerOf(registered))) continue
    for (const pair of pairsOf(census)) {
      const rival = otherOf(pair, census)
      if (pair.pairId === decided.pairId || pair.verdict !== 'same' || rival === registered) continue
      const isOther = personOf(rival) !== personOf(registered) || personOf(rival) === ''
      if (registerOf(rival) === registerOf(registered) && isOther) return pair.pairId
    }
  }
  return undefined
}
