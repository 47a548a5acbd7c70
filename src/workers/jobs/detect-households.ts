/** What the households tell, while the main thread asks the people one by one. */
import {
  detectHouseholds,
  type FindingContextHandle,
  type HouseholdFindings,
  openContext,
} from '../../findings/index.ts'

export function run(context: FindingContextHandle): HouseholdFindings {
  return detectHouseholds(openContext(context))
}
