/**
 * A desk in a process of its own, to be killed: `tsx desk-process.ts RUN DECISIONS`. Prints its address, then one
 * one-time link for every line on standard input.
 */
import { createInterface } from 'node:readline'
import { startDesk } from '../../src/review/server/start.ts'

const [directory, decisions, page] = process.argv.slice(2)
void startDesk({ directory, decisions, page, pace: 1_000_000 }).then((desk) => {
  process.stdout.write(`${desk.address}\n`)
  createInterface({ input: process.stdin }).on('line', () => process.stdout.write(`${desk.newLink()}\n`))
})
