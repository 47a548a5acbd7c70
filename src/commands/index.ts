/**
 * All commands, in the order the help shows them. One command a file.
 *
 * Only the file of the command that was asked for is loaded: what the others need (workbooks, charts, a server) costs
 * more than a small run. Help, the version and a misspelt command load none: they are made from the names and lines
 * below, which a test keeps equal to the files.
 */
import type { Command } from 'commander'
import { displayWidth } from '../display-text.ts'

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
      description: '核对全县: reconcile a county: links, people and findings from its register files',
      load: async () => (await import('./run.ts')).registerRun,
    },
    review: {
      term: 'review [options] <run>',
      description: '审核台: open the review desk for a run',
      load: async () => (await import('./review.ts')).registerReview,
    },
    lists: {
      term: 'lists [options] <run>',
      description: '问题清单: write the lists that go to the townships',
      load: async () => (await import('./lists.ts')).registerLists,
    },
    answers: {
      term: 'answers',
      description: '回收填好的清单: take filled lists back from the townships',
      load: async () => (await import('./answers.ts')).registerAnswers,
    },
    report: {
      term: 'report [options] <run>',
      description: '领导报告: write the run as one HTML page for the office head',
      load: async () => (await import('./report.ts')).registerReport,
    },
    audit: {
      term: 'audit',
      description: '审计: check the log of decisions',
      load: async () => (await import('./audit.ts')).registerAudit,
    },
  },
  'To understand 看懂:': {
    blocks: {
      term: 'blocks [options] [job]',
      description:
        '分组预估: pairs per blocking rule, the largest blocks, predicted time and memory; nothing is scored',
      load: async () => (await import('./blocks.ts')).registerBlocks,
    },
    explain: {
      term: 'explain [options] <run> <left> <right>',
      description: '解释一对: why two records were linked, or were not: prior, one row per comparison, total',
      load: async () => (await import('./explain.ts')).registerExplain,
    },
    person: {
      term: 'person [options] <run> <record>',
      description: '查一个人: one person: all rows, how often counted among the usual residents, findings and why',
      load: async () => (await import('./person.ts')).registerPerson,
    },
    compare: {
      term: 'compare [options] <earlier> <later>',
      description: '两次批次对比: two runs of a county: rows, links, and findings that are new, gone or still there',
      load: async () => (await import('./compare.ts')).registerCompare,
    },
    model: {
      term: 'model [options] <run>',
      description: '模型参数: the model of a run: λ, m, u and match weights of every comparison level',
      load: async () => (await import('./model.ts')).registerModel,
    },
    doctor: {
      term: 'doctor [options]',
      description: '检查本机: does this machine have what a run needs? Looks, and makes a trial run',
      load: async () => (await import('./doctor.ts')).registerDoctor,
    },
    evaluate: {
      term: 'evaluate [options] <run>',
      description: '对照真值评估: how right a run was: precision and recall against files that know the truth',
      load: async () => (await import('./evaluate.ts')).registerEvaluate,
    },
    coverage: {
      term: 'coverage [options] <run>',
      description: '覆盖评估: 漏登率 and dual-system estimate by township, age and sex; balance sheet and flows',
      load: async () => (await import('./coverage.ts')).registerCoverage,
    },
    'check-sample': {
      term: 'check-sample',
      description: '质量抽查: draw census blocks, and measure the census by them',
      load: async () => (await import('./check-sample.ts')).registerCheckSample,
    },
    'audit-forms': {
      term: 'audit-forms [options] <run>',
      description: '逻辑审核: items of the census forms that are missing or contradict each other, as CSV',
      load: async () => (await import('./audit-forms.ts')).registerAuditForms,
    },
    'diff-households': {
      term: 'diff-households [options] <first> <second>',
      description: '两份户名单比对: two lists of the same households: who stands on one only, who differs; CSV',
      load: async () => (await import('./diff-households.ts')).registerDiffHouseholds,
    },
  },
  'Other tables 其他数据:': {
    link: {
      term: 'link [options] <left> <right>',
      description: '两表关联: link the records of two tables of any kind',
      load: async () => (await import('./link.ts')).registerLink,
    },
    dedupe: {
      term: 'dedupe [options] <file>',
      description: '一表查重: find the records of one table that are the same person or thing',
      load: async () => (await import('./dedupe.ts')).registerDedupe,
    },
    'propose-spec': {
      term: 'propose-spec [options] <left> [right]',
      description: '推测列的含义: propose a spec for link or dedupe from headers and cells',
      load: async () => (await import('./propose-spec.ts')).registerProposeSpec,
    },
  },
  'To try it 试用:': {
    demo: {
      term: 'demo [options]',
      description: '演示: make a small invented county, reconcile it, and show what was found',
      load: async () => (await import('./demo.ts')).registerDemo,
    },
    synth: {
      term: 'synth [options]',
      description: '生成虚构的县: make an invented county: register files with errors, and the truth about them',
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
    .version('0.1.0', '-V, --version', '版本号: print the version')
    .helpOption('-h, --help', '显示帮助: show this help')
    .helpCommand('help [command]', '显示帮助: show the help of a command')
    .showSuggestionAfterError()
    .configureHelp({
      // Chinese takes two columns.
      displayWidth,
      styleTitle: (title) => TITLES[title] ?? title,
      helpWidth: Math.min(WIDTH_MAX, process.stdout.columns || WIDTH_MAX),
      ...(!terms.has(asked ?? '') && {
        subcommandTerm: (command) => shortTerm(terms.get(command.name()) ?? command.name() + HELP),
      }),
    })
    .addHelpText('after', AFTER_HELP)
  for (const [title, group] of Object.entries(GROUPS)) {
    program.commandsGroup(title)
    for (const [name, { description, load }] of Object.entries(group)) {
      if (name === asked) (await load())(program)
      else if (!terms.has(asked ?? '')) program.command(name).description(description)
    }
  }
}

/** Commander's own headings, in both languages. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Usage 用法:',
  'Arguments:': 'Arguments 参数:',
  'Options:': 'Options 选项:',
  'Commands:': 'Commands 命令:',
}

/** The only command that is commander's own. */
const HELP = ' [command]'
/** Columns of a help, at most. */
const WIDTH_MAX = 80

/** All commands have options: said of each, it would take the room of the words beside it. */
function shortTerm(term: string): string {
  return term.replace(' [options]', '')
}

const AFTER_HELP = `
Examples 示例:
  bidui doctor                  本机能用吗: does this machine have what a run needs?
  bidui demo                    看一遍: an invented county, reconciled
  bidui run --police huji.csv --census duanbiao.csv --out run1
                                自己的数据: your own files; findings.csv, summary
  bidui review run1             人工裁决: decide what waits for a person
  bidui help run                查用法: options, examples and exit status

Exit 退出码: 0 done 完成 · 3 done, rows quarantined 有行被隔离 · 64 usage 用法
65 data 数据 · 66 input missing 无输入 · 73/74 cannot write 不能写 · 75 try again 稍后
77 permission 权限 · 78 configuration 配置 · 11 another run 另有运行 · 70 a bug 缺陷`
