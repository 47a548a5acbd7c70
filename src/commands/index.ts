/**
 * All commands, in the order the help shows them. One command a file.
 *
 * Only the file of the command that was asked for is loaded: what the others need (workbooks, charts, a server) costs
 * more than a small run. Help, the version and a misspelt command load none: they are made from the names and lines
 * below, which a test keeps equal to the files.
 */
import type { Command } from 'commander'

type Registration = (program: Command) => void

interface CommandEntry {
  /** As the help shows the command: name, options, arguments. */
  readonly term: string
  readonly description: string
  readonly load: () => Promise<Registration>
}

/** Commands, grouped as in the help. */
export const GROUPS: Readonly<Record<string, Readonly<Record<string, CommandEntry>>>> = {
  'Work 工作:': {
    run: {
      term: 'run [options] [job]',
      description: 'Reconcile a county: links, people and findings from its register files',
      load: async () => (await import('./run.ts')).registerRun,
    },
    review: {
      term: 'review [options] <run>',
      description: 'Open the review desk for a run (审核台)',
      load: async () => (await import('./review.ts')).registerReview,
    },
    lists: {
      term: 'lists [options] <run>',
      description: 'Write the lists that go to the townships (问题清单)',
      load: async () => (await import('./lists.ts')).registerLists,
    },
    answers: {
      term: 'answers',
      description: 'Take filled lists back from the townships',
      load: async () => (await import('./answers.ts')).registerAnswers,
    },
    report: {
      term: 'report [options] <run>',
      description: 'Write the run as one HTML page for the office head',
      load: async () => (await import('./report.ts')).registerReport,
    },
    audit: {
      term: 'audit',
      description: 'Check the log of decisions (审计)',
      load: async () => (await import('./audit.ts')).registerAudit,
    },
  },
  'To understand 看懂:': {
    blocks: {
      term: 'blocks [options] [job]',
      description: 'Pairs per blocking rule, the largest blocks, predicted time and memory; nothing is scored',
      load: async () => (await import('./blocks.ts')).registerBlocks,
    },
    explain: {
      term: 'explain [options] <run> <left> <right>',
      description: 'Why two records were linked, or were not: prior, one row per comparison, total',
      load: async () => (await import('./explain.ts')).registerExplain,
    },
    person: {
      term: 'person [options] <run> <record>',
      description: 'One person: all rows, how often counted among the usual residents, findings and why',
      load: async () => (await import('./person.ts')).registerPerson,
    },
    model: {
      term: 'model [options] <run>',
      description: 'The model of a run: λ, m, u and match weights of every comparison level',
      load: async () => (await import('./model.ts')).registerModel,
    },
    evaluate: {
      term: 'evaluate [options] <run>',
      description: 'How right a run was: precision and recall against files that know the truth',
      load: async () => (await import('./evaluate.ts')).registerEvaluate,
    },
    coverage: {
      term: 'coverage [options] <run>',
      description: '漏登率 and dual-system estimate by township, age and sex; balance sheet and flows',
      load: async () => (await import('./coverage.ts')).registerCoverage,
    },
    'check-sample': {
      term: 'check-sample',
      description: 'Draw blocks for 质量抽查, and measure the census by them',
      load: async () => (await import('./check-sample.ts')).registerCheckSample,
    },
    'audit-forms': {
      term: 'audit-forms [options] <run>',
      description: '逻辑审核: items of the census forms that are missing or contradict each other, as CSV',
      load: async () => (await import('./audit-forms.ts')).registerAuditForms,
    },
    'diff-households': {
      term: 'diff-households [options] <first> <second>',
      description: 'Two lists of the same households: who stands on one only, who differs; CSV',
      load: async () => (await import('./diff-households.ts')).registerDiffHouseholds,
    },
  },
  'Other tables 其他数据:': {
    link: {
      term: 'link [options] <left> <right>',
      description: 'Link the records of two tables of any kind',
      load: async () => (await import('./link.ts')).registerLink,
    },
    dedupe: {
      term: 'dedupe [options] <file>',
      description: 'Find the records of one table that are the same person or thing',
      load: async () => (await import('./dedupe.ts')).registerDedupe,
    },
    'propose-spec': {
      term: 'propose-spec [options] <left> [right]',
      description: 'Propose a spec for link or dedupe from headers and cells',
      load: async () => (await import('./propose-spec.ts')).registerProposeSpec,
    },
  },
  'To try it 试用:': {
    demo: {
      term: 'demo [options]',
      description: 'Make a small invented county, reconcile it, and show what was found',
      load: async () => (await import('./demo.ts')).registerDemo,
    },
    synth: {
      term: 'synth [options]',
      description: 'Make an invented county: register files with errors, and the truth about them',
      load: async () => (await import('./synth.ts')).registerSynth,
    },
  },
}

/** The command that the arguments ask for, or whose help they ask for. */
function commandAsked(args: readonly string[]): string | undefined {
  return args[0] === 'help' || args[0] === '--' ? args[1] : args[0]
}

/** @param args the command line behind the program's name */
export async function registerCommands(program: Command, args: readonly string[]): Promise<void> {
  const asked = commandAsked(args)
  const terms = new Map(
    Object.values(GROUPS).flatMap((group) => Object.entries(group).map(([name, { term }]) => [name, term] as const)),
  )
  program
    .name('bidui')
    .description('比对: reconcile household registers with census returns.')
    .version('0.1.0')
    .showSuggestionAfterError()
    .configureHelp({
      helpWidth: 80,
      ...(!terms.has(asked ?? '') && {
        subcommandTerm: (command) => terms.get(command.name()) ?? command.name() + HELP,
      }),
    })
  for (const [title, group] of Object.entries(GROUPS)) {
    program.commandsGroup(title)
    for (const [name, { description, load }] of Object.entries(group)) {
      if (name === asked) (await load())(program)
      else if (!terms.has(asked ?? '')) program.command(name).description(description)
    }
  }
}

/** The only command that is commander's own. */
const HELP = ' [command]'
