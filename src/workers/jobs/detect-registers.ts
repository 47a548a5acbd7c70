/** What registers and their rows tell by themselves, while the main thread finds out which rows are one person. */
import {
  detectRegisters,
  type FindingListHandle,
  openRegisterContext,
  type RegisterContextHandle,
} from '../../findings/index.ts'

export function run(context: RegisterContextHandle): FindingListHandle {
  return detectRegisters(openRegisterContext(context)).handle
}
