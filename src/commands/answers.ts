/**
 * `bidui answers`: filled lists taken back. `import` previews first and stores with --apply; `undo` and `list` beside it.
 * Which rows may be believed is decided in src/report/lists/answer-import.ts.
 */
import { userInfo } from 'node:os'
import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { countOf, shellWord } from '../display-text.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { officeMinute } from '../office-time.ts'
import { byFile, type Outcome } from '../report/lists/answer-import.ts'
import type { ImportResult } from '../report/lists/import-answers.ts'
import { importAnswers } from '../report/lists/import-answers.ts'
import { AnswerStore, type ImportEvent } from '../report/lists/answer-store.ts'
import { type CarrySummary, carryAnswers } from '../report/lists/carry-answers.ts'
import { type LateAnswers, carryLate, withdrawUndone } from '../report/lists/late-answers.ts'
import { carryListKey } from '../report/lists/check-value.ts'
import { RunSource } from '../report/lists/run-source.ts'
import { laterRun } from './answers/later-run.ts'

interface ImportOptions {
  readonly apply?: boolean
  readonly key?: string
  readonly json?: boolean
  readonly user?: string
}

const LINES_MAX = 200
/** Ids of missing rows shown for each sheet. */
const MISSING_SHOWN = 8

export function registerAnswers(program: Command): void {
  const answers = program
    .command('answers')
    .summary('回收填好的清单: take filled lists back from the townships')
    .description(
      '回收填好的清单: 按编号和校验列认行，列的次序不限，先预览后写入。\n' +
        'Filled 问题清单 taken back, by 编号 and 校验列: any order of columns, a preview first.',
    )
  registerImport(answers)
  registerUndo(answers)
  registerCarry(answers)
  registerEvents(answers)
}

function registerImport(answers: Command): void {
  answers
    .command('import')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .argument('<files...>', '填好的清单: filled lists, XLSX or CSV')
    .summary(
      '导入，先逐行说明会怎样，加 --apply 才写入: reads filled lists and says of every row what would happen; --apply stores it.',
    )
    .description(
      '导入填好的清单，先逐行说明会怎样，加 --apply 才写入。\n' +
        'Reads filled lists and says of every row what would happen; --apply stores it.',
    )
    .option('--apply', '写入答案；不加此项只预览: store the answers (without it: preview only)')
    .option('--key <file>', '校验清单用的密钥: list key (default: list.key in the run)')
    .option('--user <name>', '导入人: who imports (default: the login name)')
    .option('--json', '以 JSON 输出各行: print every row as JSON')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui answers import run1 returned/*.xlsx
        先预览：每一行会怎样，为什么有的不收
        a preview: what each row would do, and why some are refused
  bidui answers import run1 returned/*.xlsx --apply
        同上，并写入；可用 \`bidui answers undo\` 撤销
        the same, stored; \`bidui answers undo\` takes it back

Exit 退出码: 0 every row can be taken 全部可收 · 3 some rows cannot 有行不收`,
    )
    .action(async (run: string, files: readonly string[], options: ImportOptions) => {
      const source = new RunSource(run)
      try {
        const result = await importAnswers(source, {
          files,
          keyPath: options.key ?? join(run, 'list.key'),
          apply: options.apply === true,
          actor: options.user ?? userInfo().username,
          at: new Date().toISOString(),
        })
        process.stdout.write(options.json === true ? jsonOf(result) : textOf(result, run, options.apply === true))
        if (result.counts.applied > 0) process.stderr.write(laterRunText(run))
        if (result.counts.rejected + result.counts.conflicting > 0) process.exitCode = EXIT.quarantined
      } finally {
        source.close()
      }
    })
}

function registerUndo(answers: Command): void {
  answers
    .command('undo')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .argument('<import>', '导入编号: import id, as `bidui answers list` shows it')
    .summary(
      '撤销一次导入，其答案仍可查，但不再有效: takes a whole import back. Its answers stay readable but no longer stand.',
    )
    .description(
      '撤销一次导入，其答案仍可查，但不再有效。\n' +
        'Takes a whole import back. Its answers stay readable but no longer stand.',
    )
    .option('--user <name>', '撤销人: who undoes it (default: the login name)')
    .addHelpText(
      'after',
      '\nExample 示例:\n  bidui answers undo run1 IMPORT\n        IMPORT: 导入编号，见 `bidui answers list run1`\n        the id of the import, in a line of `bidui answers list run1`',
    )
    .action((run: string, importId: string, options: ImportOptions) => {
      new RunSource(run).close()
      const store = new AnswerStore(run)
      try {
        const { fallen, standing } = store.undoImport(
          importId,
          options.user ?? userInfo().username,
          new Date().toISOString(),
        )
        const kept =
          standing === 0 ? '' : `；另 ${standing} 条后来的导入也有，仍有效 · ${standing} stand by a later import`
        process.stdout.write(
          `已撤销 ${importId}：${fallen} 条答案不再有效 · ${fallen} answers no longer stand${kept}\n`,
        )
        process.stderr.write(laterUndoText(run))
      } finally {
        store.close()
      }
    })
}

function registerCarry(answers: Command): void {
  answers
    .command('carry')
    .argument('<from>', '有答案的较早批次: earlier run with answers')
    .argument('<to>', '同一县的较晚批次: later run of the same county')
    .summary(
      '沿用较早批次的答案，可同导入一样撤销: takes the answers of an earlier run over; undone like an import. `bidui run --answers` does the same.',
    )
    .description(
      '沿用较早批次的答案，可同导入一样撤销；`bidui run --answers` 效果相同。\n' +
        'Takes the answers of an earlier run over; undone like an import. `bidui run --answers` does the same.',
    )
    .option('--user <name>', '操作人: who does it (default: the login name)')
    .addHelpText(
      'after',
      '\nExample 示例:\n  bidui answers carry run1 run2\n        两批次中相同的行，答案照旧有效\n        what the field said of run1 stands in run2 where the rows are the same',
    )
    .action((from: string, to: string, options: ImportOptions) => {
      process.stdout.write(carryText(carryBetween(from, to, options.user ?? userInfo().username)))
    })
}

function registerEvents(answers: Command): void {
  answers
    .command('list')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .description('列出某批次的导入和撤销: shows the imports and undos of a run.')
    .option('--json', '以 JSON 输出: print them as JSON')
    .addHelpText(
      'after',
      '\nExample 示例:\n  bidui answers list run1\n        何时、何人、几条、哪些文件\n        when, who, how many answers, from which files',
    )
    .action((run: string, options: ImportOptions) => {
      new RunSource(run).close()
      const store = new AnswerStore(run, 'read')
      try {
        const events = store.events()
        if (options.json === true) process.stdout.write(`${JSON.stringify(events)}\n`)
        else if (events.length === 0) process.stdout.write('还没有导入 · nothing has been imported yet\n')
        else process.stdout.write(events.map(eventLine).join(''))
      } finally {
        store.close()
      }
    })
}

function eventLine({ at, kind, importId, actor, applied, files }: ImportEvent): string {
  const did = kind === 'import' ? '导入 imported' : '撤销 undone'
  const answers = `${applied} 条 ${applied === 1 ? 'answer' : 'answers'}`
  return `${officeMinute(Date.parse(at))} +08:00  ${did}  ${importId}  ${actor}  ${answers}  ${files}\n`
}

/** For who takes the township's list back into the run it was sent from, when the night has made another since. */
function laterRunText(run: string): string {
  const later = laterRun(run)
  if (later === undefined) return ''
  return (
    `此后已有批次 ${basename(later)}，这里的答案到下一夜才带过去；现在就要，请直接导入 ${basename(later)}，或导入后运行 · a later run was made of this one and does not know ` +
    `what is imported here before the next night: import there, or then run: ${carryCommand(run, later)}\n`
  )
}

function laterUndoText(run: string): string {
  const later = laterRun(run)
  if (later === undefined) return ''
  return (
    `此后已有批次 ${basename(later)}，带过去的答案在那里仍有效，到下一夜才撤销；现在就要，请运行 · a later run was made of this one, and what it took over ` +
    `stands there until the next night; to take it back now: ${carryCommand(run, later)}\n`
  )
}

function carryCommand(run: string, later: string): string {
  return `bidui answers carry ${shellWord(run)} ${shellWord(later)}`
}

/** Refuses what is not a run directory, and answers that cannot be read or were lost on the way: to go on without them forgets them. */
export function checkAnswersOf(run: string): void {
  new RunSource(run).close()
  refuseLostAnswers(run)
  const store = new AnswerStore(run, 'read')
  try {
    store.standing()
  } finally {
    store.close()
  }
}

/** A file of answers that a broken copy left empty, or left out: who sent lists has one, for it says what was sent. */
function refuseLostAnswers(run: string): void {
  const path = join(run, 'answers.sqlite')
  const isThere = existsSync(path)
  if (isThere ? statSync(path).size > 0 : !existsSync(join(run, 'list.key'))) return
  throw new BiduiError(
    'E109',
    EXIT.data,
    isThere
      ? `${path}: 文件是空的，答复已丢失 · the file is empty: its answers are lost.`
      : `${path}: 有清单密钥而没有答复文件 · lists were sent from this run (list.key), and the file of answers is not there.`,
    {
      advice:
        '请从备份恢复；确实没有收回过答复的，去掉 answers 一项，改写 previous · take it from a backup; where no answer ever came back, leave `answers` out and name the run as `previous`.',
    },
  )
}

/** What one run directory took from another. */
interface Carried extends CarrySummary {
  /** Answers taken over earlier and undone since. */
  readonly withdrawn: number
}

/** The answers of one run directory into another, with what was undone since, and with the lists that it sent. */
export function carryBetween(from: string, to: string, actor: string): Carried {
  const given = { actor, at: new Date().toISOString() }
  const earlier = new RunSource(from)
  try {
    const later = new RunSource(to)
    try {
      // First: an answer that was corrected since takes the place of the one before it.
      const withdrawn = withdrawUndone(from, to, given)
      const carried = carryAnswers(earlier, later, given)
      carrySent(from, to)
      // A key without a file of answers is how a lost one is known: that file is there by now.
      if (existsSync(join(from, 'list.key'))) carryListKey(from, to)
      return { ...carried, withdrawn }
    } finally {
      later.close()
    }
  } finally {
    earlier.close()
  }
}

function carrySent(from: string, to: string): void {
  const [sent, store] = [new AnswerStore(from, 'read'), new AnswerStore(to)]
  try {
    store.takeSent(sent)
    store.recordFollowed(basename(realpathSync(from)))
  } finally {
    sent.close()
    store.close()
  }
}

/** The answers of last night's run into tonight's, and what came into the runs before it when they had been taken over. */
export function carryNight(last: string, to: string, actor: string): string {
  const carried = carryText(carryBetween(last, to, actor))
  const late = carryLate(last, to, { actor, at: new Date().toISOString() })
  return [carried, ...late.map(lateText)].join('')
}

function lateText({ run, taken, withdrawn, trouble }: LateAnswers): string {
  if (trouble !== '')
    return `较早批次 ${run} 有后来导入或撤销的答案，读不出 · answers came into ${run}, or were undone there, after its night, and it cannot be read: ${trouble}\n`
  const words = `较早批次 ${run} 后来导入或撤销的答案 · imported or undone in ${run} after its night`
  return taken === undefined
    ? `${words}: ${withdrawnText(withdrawn)}\n`
    : `${words}: ${carryText({ ...taken, withdrawn })}`
}

function withdrawnText(withdrawn: number): string {
  return `随之撤销 taken back ${withdrawn}`
}

function carryText(summary: Carried): string {
  const { carried, byContent, foundAgain, changed, gone, withoutRecords, kept, different, aside, withdrawn, importId } =
    summary
  const of = [
    ...(byContent === 0 ? [] : [`记录号已改、按内容找回 found by content ${byContent}`]),
    ...(foundAgain === 0 ? [] : [`上批次缺、本次又有 found again ${foundAgain}`]),
  ]
  const undo = importId === '' ? '' : ` · 编号 import id: ${importId}`
  const waiting = aside === 0 ? '' : ` · 留待以后批次，再现即有效 kept for a run that finds them again ${aside}`
  const other =
    different === 0 ? '' : ` · 已有不同答案，以已有的为准 answered otherwise there, which stays ${different}`
  const back = withdrawn === 0 ? '' : ` · ${withdrawnText(withdrawn)}`
  return (
    `沿用答案 taken over ${carried}${of.length === 0 ? '' : `(其中${of.join('；')})`} · 数据已变化 changed ${changed} · 问题已消失 gone ${gone} · ` +
    `记录不在本次文件(记录号是否改过) records not in these files ${withoutRecords} · 已有 already there ${kept}${other}${waiting}${back}${undo}\n`
  )
}

function jsonOf(result: ImportResult): string {
  const rows = result.outcomes.map(({ kind, code, file, sheet, line, findingId, message, answer }) => ({
    kind,
    code,
    file,
    sheet,
    line,
    findingId,
    message,
    ...(answer && { verdict: answer.verdict }),
  }))
  return `${JSON.stringify({ importId: result.importId, counts: result.counts, notices: result.notices, rows })}\n`
}

/** With several files: what came of each, so that it is seen at once which township has to be called. */
function filesOf({ outcomes }: ImportResult): string[] {
  const files = byFile(outcomes)
  if (files.size < 2) return []
  return [...files].map(([file, own]) => {
    const count = (...kinds: string[]) => own.filter(({ kind }) => kinds.includes(kind)).length
    return (
      `  ${file}: ${count('applied')} 可取 taken · ${count('conflicting', 'rejected')} 未接受 not taken · ` +
      `${count('unchanged')} 已有 there · ${count('unanswered', 'missing')} 未答 unanswered`
    )
  })
}

/** Rows that did not come back, a line for each sheet: what was refused must not drown in them. */
function missingLines(outcomes: readonly Outcome[]): string[] {
  const bySheet = new Map<string, string[]>()
  for (const { code, file, sheet, findingId } of outcomes.filter(({ kind }) => kind === 'missing')) {
    const place = `[${code}] ${pageOf(file, sheet)}`
    bySheet.set(place, [...(bySheet.get(place) ?? []), findingId])
  }
  return [...bySheet].map(([place, ids]) => {
    const more = ids.length > MISSING_SHOWN ? ' …' : ''
    return `${place}: 缺 ${ids.length} 行，视为未答 · ${countOf(ids.length, 'row')} missing, counted as unanswered: ${ids.slice(0, MISSING_SHOWN).join(' ')}${more}`
  })
}

function pageOf(file: string, sheet: string): string {
  return sheet === '' ? file : `${file} [${sheet}]`
}

function textOf(result: ImportResult, run: string, applied: boolean): string {
  const { counts } = result
  const refused = result.outcomes
    .filter(({ kind }) => kind === 'rejected' || kind === 'conflicting')
    .map(({ code, file, sheet, line, findingId, message }) => {
      const place = `${pageOf(file, sheet)}${line === 0 ? '' : ` 第${line}行`}`
      return `[${code}] ${place}${findingId === '' ? '' : ` ${findingId}`}: ${message}`
    })
  const lines = [...refused, ...missingLines(result.outcomes)]
  const more = lines.length > LINES_MAX ? [`…… 共 ${lines.length} 行有问题，--json 列出全部 · --json lists all`] : []
  const verb = applied ? '已导入 taken' : '可导入 can be taken'
  return [
    ...lines.slice(0, LINES_MAX),
    ...more,
    ...result.notices,
    ...filesOf(result),
    `${verb} ${counts.applied} · 冲突 conflicting ${counts.conflicting} · 未接受 rejected ${counts.rejected} · ` +
      `已有 already there ${counts.unchanged} · 未答 unanswered ${counts.unanswered} · 缺行 missing ${counts.missing}`,
    applied
      ? result.importId === ''
        ? '没有可导入的答案 · nothing to import'
        : `导入编号 import id: ${result.importId}；撤销 · to take it back: bidui answers undo ${shellWord(run)} ${result.importId}`
      : '这是预览，加 --apply 才导入 · a preview; add --apply to import',
    '',
  ].join('\n')
}
