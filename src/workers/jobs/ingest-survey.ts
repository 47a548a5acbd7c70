/** Worker's side of reading: a first look at the files' bytes. */
import type { SurveyMessage } from '../../ingest/plan.ts'
import { surveyFiles } from '../../ingest/survey.ts'

export function run(message: SurveyMessage) {
  return surveyFiles(message)
}
