/**
 * All detectors. The order is the order of findings inside one person; no detector depends on another's output except
 * those that wait for the households.
 */
import type { HouseholdDetector, PersonDetector, RegisterDetector, RowDetector } from '../detector.ts'
import { areaCodes } from './area-codes.ts'
import { awayRowAfterMove } from './away-row-after-move.ts'
import { birthCertificate } from './birth-certificate.ts'
import { birthWithoutCertificate } from './birth-without-certificate.ts'
import { borrowedNumber } from './borrowed-number.ts'
import { cancelledButCounted } from './cancelled-but-counted.ts'
import { claimedHukouNotFound } from './claimed-hukou-not-found.ts'
import { countedDead } from './counted-dead.ts'
import { deathCertificate } from './death-certificate.ts'
import { deathForm } from './death-form.ts'
import { doubleHukou } from './double-hukou.ts'
import { duplicateAway } from './duplicate-away.ts'
import { duplicatePresent } from './duplicate-present.ts'
import { emptyHukou } from './empty-hukou.ts'
import { halfYear } from './half-year.ts'
import { householdCountMismatch } from './household-count-mismatch.ts'
import { householdDuplicate } from './household-duplicate.ts'
import { householdRelationError } from './household-relation-error.ts'
import { hukouClaim } from './hukou-claim.ts'
import { idNumber } from './id-number.ts'
import { inboundUnverified } from './inbound-unverified.ts'
import { lateCancellation } from './late-cancellation.ts'
import { loneAway } from './lone-away.ts'
import { mainItemError } from './main-item-error.ts'
import { missingAtHukou } from './missing-at-hukou.ts'
import { missingDiedAfterReference } from './missing-died-after-reference.ts'
import { missingEverywhere } from './missing-everywhere.ts'
import { pocketHukou } from './pocket-hukou.ts'
import { postReferenceBirthCounted } from './post-reference-birth-counted.ts'
import { presentAndAway } from './present-and-away.ts'
import { residenceClaimMismatch } from './residence-claim-mismatch.ts'
import { separatedPair } from './separated-pair.ts'
import { sharedId } from './shared-id.ts'
import { wholeHouseholdMissing } from './whole-household-missing.ts'

export const PERSON_DETECTORS: readonly PersonDetector[] = [
  countedDead,
  cancelledButCounted,
  postReferenceBirthCounted,
  duplicatePresent,
  presentAndAway,
  duplicateAway,
  awayRowAfterMove,
  separatedPair,
  halfYear,
  residenceClaimMismatch,
  hukouClaim,
  loneAway,
  missingAtHukou,
  inboundUnverified,
  claimedHukouNotFound,
  missingEverywhere,
  missingDiedAfterReference,
  deathForm,
  deathCertificate,
  birthCertificate,
  birthWithoutCertificate,
  doubleHukou,
  pocketHukou,
  mainItemError,
  borrowedNumber,
]

export const REGISTER_DETECTORS: readonly RegisterDetector[] = [householdRelationError, areaCodes]

export const ROW_DETECTORS: readonly RowDetector[] = [idNumber, lateCancellation]

export const HOUSEHOLD_DETECTORS: readonly HouseholdDetector[] = [
  householdDuplicate,
  wholeHouseholdMissing,
  householdCountMismatch,
  sharedId,
  emptyHukou,
]
