/**
 * What is truly wrong in a county, decided from the rows as written by somebody who knows who is who.
 *
 * In:  the rows of all registers with their true persons. Out: every finding that docs/findings.md
 *      makes decidable, as must or may. It judges the product's detectors, so it shares no code with them.
 */
import type { Registers } from '../rows.ts'
import { judgeRelations, UnlivedHouseholds } from './household-kinds.ts'
import { DoubledHouseholds, judgeCounts, MissedHouseholds } from './households.ts'
import { judgeMainItems } from './main-items.ts'
import { judgeMissing } from './missing.ts'
import { describePerson, PeopleIndex } from './people-index.ts'
import {
  judgeAwayRows,
  judgeDuplicates,
  judgeHukouClaims,
  judgeLoneAwayRows,
  judgeOutOfScope,
  judgePair,
} from './presence.ts'
import { judgeHukou, judgeSharedNumbers } from './register.ts'
import { judgeRows } from './row-checks.ts'
import { FindingSink, type TruthFinding } from './sink.ts'
import { judgeBirth, judgeDeath, numbersOfActiveRows, type VitalContext } from './vital.ts'

export type { TruthFinding } from './sink.ts'

/** Codes that must be made somewhere in any county that is large enough. */
export const MUST_CODES: readonly string[] =
  'counted-dead cancelled-dead-but-present military-counted settled-abroad-counted post-reference-birth-counted present-twice duplicate-same-place duplicate-cross-place household-duplicate present-and-away duplicate-away away-row-after-move separated-pair halfyear-conflict-double halfyear-conflict-zero residence-claim-mismatch hukou-claim-mismatch undetermined-but-registered missing-at-residence outbound-unverified missing-at-hukou inbound-unverified claimed-hukou-not-found missing-everywhere whole-household-missing missing-possibly-dead missing-died-after-reference household-count-mismatch death-form-out-of-window death-form-missing reported-death-unconfirmed dead-and-alive death-form-duplicate birth-not-registered newborn-missing infant-birth-death-missing birth-without-certificate death-of-unregistered dead-not-cancelled double-hukou moved-not-cancelled shared-id pocket-hukou id-missing id-invalid-check id-sex-mismatch id-birth-mismatch main-item-error abroad-counted departure-detail-mismatch died-after-reference hukou-undetermined birth-outside-area late-cancellation id-placeholder id-invalid-date id-legacy-15 id-excel-truncated id-swapped-in-household parent-id-borrowed empty-hukou attached-hukou household-relation-error'.split(
    ' ',
  )

/** Calls `receive` with each finding; returns how many must be made, by code. */
export function judgeCounty(
  registers: Registers,
  county: string,
  receive: (finding: TruthFinding) => void,
): ReadonlyMap<string, number> {
  const sink = new FindingSink(receive)
  const index = new PeopleIndex(registers)
  const doubled = new DoubledHouseholds()
  const missed = new MissedHouseholds(registers, index.size)
  const unlived = new UnlivedHouseholds(registers, index.size)
  for (let person = 0; person < index.size; person++) {
    const state = describePerson(index.at(person))
    doubled.gather(state)
    missed.gather(state)
    unlived.gather(state)
  }
  doubled.judge(sink)
  missed.judge(sink)
  unlived.judge(sink)
  judgeRelations(registers, sink)
  judgeCounts(registers, sink)
  judgeSharedNumbers(registers, sink)
  judgeRows(registers, sink)

  const context: VitalContext = { county, activeNumbers: numbersOfActiveRows(registers.police) }
  for (let person = 0; person < index.size; person++) {
    const state = describePerson(index.at(person))
    judgeOutOfScope(state, sink)
    judgeDuplicates(state, (left, right) => doubled.replaces(left, right), sink)
    judgeAwayRows(state, sink)
    judgePair(state, sink)
    judgeHukouClaims(state, county, sink)
    judgeLoneAwayRows(state, county, sink)
    judgeMissing(state, missed, sink)
    judgeDeath(state, context, sink)
    judgeBirth(state, context, sink)
    judgeHukou(state, sink)
    judgeMainItems(state, sink)
  }
  return sink.counts
}
