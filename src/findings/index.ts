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
  FindingList,
  type FindingListHandle,
} from './finding-list.ts'
export {
  contextHandle,
  type FindingContextHandle,
  openContext,
  openRegisterContext,
  registerContextHandle,
  type RegisterContextHandle,
} from './context-handle.ts'
export type { FindingContext } from './ground.ts'
export {
  FINDING_CODES,
  FINDING_TABLE,
  type FindingCode,
  findingsNotMade,
} from './table.ts'
export { AUDIT_RULES, type AuditIssue, auditForms } from './audit/audit.ts'
export { contributionOf, countOfPerson } from './count.ts'
export { type DescribedPerson, describePerson } from './describe-person.ts'
export { diffHouseholds, type HouseholdDiff, type ListedMember } from './household-diff.ts'
