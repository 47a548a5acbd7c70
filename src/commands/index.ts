/**
 * All commands, in the order the help shows them. One command a file.
 *
 * Only the file of the command that was asked for is loaded: what the others need (workbooks, charts, a server) costs
 * more than a small run. Help and misspelt commands want all of them.
 */
import type { Command } from 'commander'

type Registration = (program: Command) => void

/** Command → its file's registration; grouped as in the help. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, () => Promise<Registration>>>>> = {
  'Work 工作:': {
    run: async () => (await import('./run.ts')).registerRun,
    review: async () => (await import('./review.ts')).registerReview,
    lists: async () => (await import('./lists.ts')).registerLists,
    answers: async () => (await import('./answers.ts')).registerAnswers,
    report: async () => (await import('./report.ts')).registerReport,
    audit: async () => (await import('./audit.ts')).registerAudit,
  },
  'To understand 看懂:': {
    blocks: async () => (await import('./blocks.ts')).registerBlocks,
    explain: async () => (await import('./explain.ts')).registerExplain,
    person: async () => (await import('./person.ts')).registerPerson,
    model: async () => (await import('./model.ts')).registerModel,
    evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
    coverage: async () => (await import('./coverage.ts')).registerCoverage,
    'check-sample': async () => (await import('./check-sample.ts')).registerCheckSample,
    'audit-forms': async () => (await import('./audit-forms.ts')).registerAuditForms,
    'diff-households': async () => (await import('./diff-households.ts')).registerDiffHouseholds,
  },
  'Other tables 其他数据:': {
    link: async () => (await import('./link.ts')).registerLink,
    dedupe: async () => (await import('./dedupe.ts')).registerDedupe,
    'propose-spec': async () => (await import('./propose-spec.ts')).registerProposeSpec,
  },
  'To try it 试用:': {
    demo: async () => (await import('./demo.ts')).registerDemo,
    synth: async () => (await import('./synth.ts')).registerSynth,
  },
}

/** @param asked the first word of the command line, if there is one */
export async function registerCommands(program: Command, asked: string | undefined): Promise<void> {
  program
    .name('bidui')
    .description('比对: reconcile household registers with census returns.')
    .version('0.1.0')
    .showSuggestionAfterError()
    .configureHelp({ helpWidth: 80 })
  const isKnown = Object.values(GROUPS).some((group) => asked !== undefined && Object.hasOwn(group, asked))
  for (const [title, group] of Object.entries(GROUPS)) {
    program.commandsGroup(title)
    for (const [name, load] of Object.entries(group)) if (!isKnown || name === asked) (await load())(program)
  }
}
