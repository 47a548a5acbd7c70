/** Decisions of the review desk: the log, its state, its audit, and what `bidui run --decisions` reads of it. */
export { fileAt } from './file-at.ts'
export { type Account, checkPassword, listAccounts, saveAccount } from './accounts.ts'
export { DecisionLog, noteDigest, readEvents } from './decision-log.ts'
export {
  DECISIVE,
  type DecisionEvent,
  type EventDraft,
  FINDING_VERDICTS,
  type FindingVerdict,
  ROLES,
  type Role,
  VERDICTS,
  type Verdict,
} from './event.ts'
export {
  backFill,
  type JudgedContents,
  type CarriedFindings,
  carryFindings,
  type JudgedFinding,
  verdictOn,
} from './carried-findings.ts'
export {
  closesFinding,
  findingVerdictsOf,
  hasFindingChanged,
  loadFindingVerdicts,
} from './finding-verdicts.ts'
export {
  type DecidedPair,
  judgementsOf,
  loadDecisions,
  marksOf,
} from './judgements.ts'
export { openDecisions } from './open-decisions.ts'
export { type Entry, type PersonRecord, Projection, type Standing, standingOf } from './projection.ts'
export { loadSignedThreshold, type ThresholdSign, thresholdReason } from './signed-threshold.ts'
export { type AuditReport, verifyAudit } from './verify.ts'
