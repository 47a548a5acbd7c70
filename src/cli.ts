#!/usr/bin/env node
/** argv → command, nothing else. Errors for people go to stderr with their exit status; anything else is a bug (70). */
import { program } from 'commander'
import { registerCommands } from './commands/index.ts'
import { BiduiError, EXIT, installationError } from './errors.ts'

try {
  await registerCommands(program, process.argv[2])
  await program.parseAsync()
} catch (error) {
  const told = error instanceof BiduiError ? error : installationError(error)
  if (told !== undefined) {
    process.stderr.write(`${told.message}\n`)
    process.exitCode = told.exitStatus
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`[E700] this is a bug in bidui, not in your files. Please report the lines below.\n${stack}\n`)
    process.exitCode = EXIT.bug
  }
}
