/**
 * All detectors. The order is the order of findings inside one person; no detector depends on another's output except
 * those that wait for the households.
 */
import type { HouseholdDetector, PersonDetector, RegisterDetector, RowDetector } from '../detector.ts'
import { areaCodes } from './registers/area-codes.ts'
import { awayRowAfterMove } from './people/away-row-after-move.ts'
import { birthCertificate } from './people/birth-certificate.ts'
import { birthWithoutCertificate } from './people/birth-without-certificate.ts'
import { borrowedNumber } from './people/borrowed-number.ts'
import { cancelledButCounted } from './people/cancelled-but-counted.ts'
import { claimedHukouNotFound } from './people/claimed-hukou-not-found.ts'
import { countedDead } from './people/counted-dead.ts'
import { deathCertificate } from './people/death-certificate.ts'
import { deadAndAlive, deathForm } from './people/death-form.ts'
import { doubleHukou } from './people/double-hukou.ts'
import { duplicateAway } from './people/duplicate-away.ts'
import { duplicatePresent } from './people/duplicate-present.ts'
import { emptyHukou } from './households/empty-hukou.ts'
import { halfYear } from './people/half-year.ts'
import { householdCountMismatch } from './households/household-count-mismatch.ts'
import { householdDuplicate } from './households/household-duplicate.ts'
import { householdRelationError } from './registers/household-relation-error.ts'
import { hukouClaim } from './people/hukou-claim.ts'
import { idNumber } from './rows/id-number.ts'
import { inboundUnverified } from './people/inbound-unverified.ts'
import { lateCancellation } from './rows/late-cancellation.ts'
import { loneAway } from './people/lone-away.ts'
import { mainItemError } from './people/main-item-error.ts'
import { missingAtHukou } from './people/missing-at-hukou.ts'
import { missingDiedAfterReference } from './people/missing-died-after-reference.ts'
import { missingEverywhere } from './people/missing-everywhere.ts'
import { pocketHukou } from './people/pocket-hukou.ts'
import { postReferenceBirthCounted } from './people/post-reference-birth-counted.ts'
import { presentAndAway } from './people/present-and-away.ts'
import { residenceClaimMismatch } from './people/residence-claim-mismatch.ts'
import { separatedPair } from './people/separated-pair.ts'
import { sharedId } from './households/shared-id.ts'
import { wholeHouseholdMissing } from './households/whole-household-missing.ts'

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
  deadAndAlive,
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
