/** All commands, in the order the help shows them. One command a file. */
import type { Command } from 'commander'
import { registerAnswers } from './answers.ts'
import { registerBlocks } from './blocks.ts'
import { registerDemo } from './demo.ts'
import { registerEvaluate } from './evaluate.ts'
import { registerExplain } from './explain.ts'
import { registerLists } from './lists.ts'
import { registerModel } from './model.ts'
import { registerReport } from './report.ts'
import { registerRun } from './run.ts'

export function registerCommands(program: Command): void {
  program
    .name('bidui')
    .description('比对: reconcile household registers with census returns.')
    .version('0.1.0')
    .showSuggestionAfterError()
    .configureHelp({ helpWidth: 80 })
  registerRun(program)
  registerBlocks(program)
  registerEvaluate(program)
  registerExplain(program)
  registerModel(program)
  registerLists(program)
  registerAnswers(program)
  registerReport(program)
  registerDemo(program)
}
