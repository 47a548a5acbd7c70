/** The face of the findings: detect them, read the table, say what cannot be made. */
export {
  askPeopleAlone,
  DETECTED_CODES,
  detectAdministrativeFindings,
  detectFindings,
  detectHouseholds,
  detectRegisters,
  finishFindings,
  type HouseholdFindings,
  openFindings,
} from './detect.ts'
export {
  CERTAINTIES,
  type Certainty,
  type Finding,
  FindingList,
  type FindingListHandle,
  type ToldOnce,
} from './finding-list.ts'
export {
  contextHandle,
  type FindingContextHandle,
  openContext,
  openRegisterContext,
  registerContextHandle,
  type RegisterContextHandle,
} from './context-handle.ts'
export type { FindingContext, RegisterContext } from './ground.ts'
export {
  FINDING_CODES,
  FINDING_TABLE,
  type FindingCode,
  type FindingEntry,
  type FindingGroup,
  type FindingNotMade,
  findingsNotMade,
  type Severity,
} from './table.ts'
export {
  HOUSEHOLD_STATUS,
  HOUSEHOLD_STATUS_WORDS,
  HouseholdStatuses,
  PERSON_STATUS_WORDS,
  type PersonStatus,
  statusOfPerson,
} from './household-status.ts'
export { AUDIT_RULES, type AuditIssue, type AuditRule, auditForms } from './audit/audit.ts'
export { type CountLevel, contributionOf, contributionOfRow, countOfPerson, reasonOfContribution } from './count.ts'
export { type DescribedPerson, describePerson } from './describe-person.ts'
export { diffHouseholds, type HouseholdDiff, type ListedMember } from './household-diff.ts'
