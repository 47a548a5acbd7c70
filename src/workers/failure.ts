/**
 * Errors on their way from a worker to the main thread.
 *
 * A structured clone of an Error loses its class and its own fields: a full disk would arrive as a bug, an error for
 * people without its exit status. So errors travel as plain values and are put together again.
 */
import { BiduiError, type ExitStatus } from '../errors.ts'

export type TaskOutcome = { readonly result: unknown } | { readonly failure: Failure }

export interface Failure {
  readonly name: string
  readonly message: string
  readonly stack: string
  /** Code of the operating system, SQLite, or ours. */
  readonly code: string | undefined
  /** Set for errors for people. */
  readonly exitStatus: ExitStatus | undefined
}

/** Whatever was thrown, as a value that a structured clone keeps. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: '', code: undefined, exitStatus: undefined }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const exitStatus = error instanceof BiduiError ? error.exitStatus : undefined
  return { name: error.name, message: error.message, stack: error.stack ?? '', code, exitStatus }
}

/** The error again: a BiduiError where it was one, any other with the stack of the worker. */
export function restoreError({ name, message, stack, code, exitStatus }: Failure): Error {
  if (exitStatus !== undefined && code !== undefined) {
    // The message already holds code and advice.
    const error = new BiduiError(code, exitStatus, message)
    error.message = message
    return error
  }
  const error = Object.assign(new Error(message), { name, stack })
  return code === undefined ? error : Object.assign(error, { code })
}
