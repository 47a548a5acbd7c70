#!/usr/bin/env node
/** argv → command, nothing else. Errors for people go to stderr with their exit status; anything else is a bug (70). */
import { setFlagsFromString } from 'node:v8'
import { type Command, CommanderError, program } from 'commander'
import { registerCommands } from './commands/index.ts'
import { useUsageWords } from './commands/command-line/usage-words.ts'
import { BiduiError, EXIT } from './errors.ts'

// A run ends before much of it has been compiled: functions that swallow fewer others are compiled sooner. At 100,000 people
// an eighth less time, at 850,000 none more or less (bench/history.md).
setFlagsFromString('--max-inlined-bytecode-size-cumulative=100')
// The first turn of every loop compiled apart makes our loops, which are long, no faster; compiling them takes longer.
setFlagsFromString('--no-turbo-loop-peeling')

// Whoever read has gone (`bidui … | head`): the work goes on, there is only nobody to tell.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    process.once('exit', () => {
      process.exitCode = EXIT.io
    })
    if (stream === process.stdout)
      process.stderr.write(`[E740] 无法写出结果 · cannot write the output (${code}): free space, or write elsewhere.\n`)
  })

try {
  const given = process.argv.slice(2)
  await registerCommands(program, given)
  useUsageWords(program)
  throwInsteadOfExit(program)
  await program.parseAsync(asTyped(given), { from: 'user' })
} catch (thrown) {
  const error = (await import('./commands/command-line/system-error.ts')).systemError(thrown)
  if (error instanceof BiduiError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error.exitStatus
  } else if (error instanceof CommanderError) {
    // Commander has said it already, and would leave with 1; asking for help is no error.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`[E700] this is a bug in bidui, not in your files. Please report the lines below.\n${stack}\n`)
    process.exitCode = EXIT.bug
  }
}

/** With `--help`, or behind `help`, a command that does not exist would be answered by the help of all others, as if all were well. */
function asTyped(given: readonly string[]): readonly string[] {
  if (given[0] === 'help' && !isKnown(given[1])) return [given[1]]
  return isKnown(given[0]) ? given : given.slice(0, 1)
}

function isKnown(first = '-'): boolean {
  return first.startsWith('-') || first === 'help' || program.commands.some((command) => command.name() === first)
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride()
  command.commands.forEach(throwInsteadOfExit)
}
