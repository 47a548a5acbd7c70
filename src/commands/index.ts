/** All commands, in the order the help shows them. One command a file. */
import type { Command } from 'commander'
import { registerAnswers } from './answers.ts'
import { registerAudit } from './audit.ts'
import { registerAuditForms } from './audit-forms.ts'
import { registerBlocks } from './blocks.ts'
import { registerCoverage } from './coverage.ts'
import { registerDedupe } from './dedupe.ts'
import { registerDemo } from './demo.ts'
import { registerDiffHouseholds } from './diff-households.ts'
import { registerEvaluate } from './evaluate.ts'
import { registerExplain } from './explain.ts'
import { registerLink } from './link.ts'
import { registerLists } from './lists.ts'
import { registerModel } from './model.ts'
import { registerPerson } from './person.ts'
import { registerProposeSpec } from './propose-spec.ts'
import { registerReport } from './report.ts'
import { registerReview } from './review.ts'
import { registerRun } from './run.ts'
import { registerSynth } from './synth.ts'

export function registerCommands(program: Command): void {
  program
    .name('bidui')
    .description('比对: reconcile household registers with census returns.')
    .version('0.1.0')
    .showSuggestionAfterError()
    .configureHelp({ helpWidth: 80 })
  program.commandsGroup('Work 工作:')
  registerRun(program)
  registerReview(program)
  registerLists(program)
  registerAnswers(program)
  registerReport(program)
  registerAudit(program)
  program.commandsGroup('To understand 看懂:')
  registerBlocks(program)
  registerExplain(program)
  registerPerson(program)
  registerModel(program)
  registerEvaluate(program)
  registerCoverage(program)
  registerAuditForms(program)
  registerDiffHouseholds(program)
  program.commandsGroup('Other tables 其他数据:')
  registerLink(program)
  registerDedupe(program)
  registerProposeSpec(program)
  program.commandsGroup('To try it 试用:')
  registerDemo(program)
  registerSynth(program)
}
