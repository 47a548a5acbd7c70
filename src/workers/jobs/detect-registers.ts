/** What registers and their rows tell by themselves, while the main thread goes through the people. */
import {
  detectRegisters,
  type FindingContextHandle,
  type FindingListHandle,
  openContext,
} from '../../findings/index.ts'

export function run(context: FindingContextHandle): FindingListHandle {
  return detectRegisters(openContext(context)).handle
}
