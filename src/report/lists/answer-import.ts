/**
 * Which returned rows may be believed: every row is applied, already there, in conflict, refused, unanswered or missing.
 *
 * In:  returned rows, the check function, what the run shows today, the answers that stand. Out: one outcome per row.
 * PURE: nothing is stored here, so a preview and an import are the same decision. No cell value enters a message.
 */
import { comparableCell } from './check-value.ts'
import type { Answer, TailFits } from './answer-store.ts'
import { isAsDeskSent, SHOWN_COLUMNS } from './issue-rows.ts'
import { VERDICTS } from './questions.ts'
import { inTodaysWords } from './record-words.ts'
import { FINDING_ID, type PageTrouble, type ReturnedRow } from './returned-rows.ts'
import { isYesOrNo, nearVerdict, verdictOf } from './verdict-words.ts'

export type OutcomeKind = 'applied' | 'unchanged' | 'conflicting' | 'rejected' | 'unanswered' | 'missing'

export interface Outcome {
  readonly kind: OutcomeKind
  /** E301–E306, '' where nothing is wrong. */
  readonly code: string
  readonly file: string
  readonly sheet: string
  readonly line: number
  readonly findingId: string
  /** Chinese · English. */
  readonly message: string
  readonly answer?: Answer
  /** An answer that stands already, given once more: it still stands when the earlier import is undone. */
  readonly confirmed?: Answer
}

/** What the import needs to know of the run; all of it plain look-ups. */
export interface ImportGround {
  readonly check: (findingId: string, shown: readonly string[]) => string
  /** The cells this finding would be shown with today; undefined where the finding is gone. */
  readonly shownToday: (findingId: string) => readonly (readonly string[])[]
  readonly standing: ReadonlyMap<string, Answer & { readonly importId: string }>
  readonly tailFits: (findingId: string, tail: string) => TailFits
  /** All finding ids of the sheet on which this row was sent. */
  readonly sentBeside: (listNumber: string, findingId: string) => readonly string[]
}

export function decideImport(
  rows: readonly ReturnedRow[],
  ground: ImportGround,
  troubles: readonly PageTrouble[] = [],
): Outcome[] {
  const pages = troubles.map((trouble): Outcome => ({ kind: 'rejected', line: 0, findingId: '', ...trouble }))
  const outcomes = rows.map((row) => decideRow(row, ground))
  settleRepeats(outcomes)
  return [...pages, ...outcomes, ...missingRows(rows, ground)]
}

/** Outcomes file by file, in the order in which the files were given. */
export function byFile(outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  const files = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const own = files.get(outcome.file)
    if (own === undefined) files.set(outcome.file, [outcome])
    else own.push(outcome)
  }
  return files
}

function decideRow(row: ReturnedRow, ground: ImportGround): Outcome {
  const outcome = (kind: OutcomeKind, code: string, message: string): Outcome => ({
    kind,
    code,
    file: row.file,
    sheet: row.sheet,
    line: row.line,
    // Where columns slipped a name or a number stands under 编号: it is not repeated on the screen.
    findingId: FINDING_ID.test(row.findingId) ? row.findingId : '',
    message,
  })
  const reject = (code: string, message: string) => outcome('rejected', code, message)
  if (row.findingId === '') return reject('E306', '新增行无编号，未导入 · a row without 编号 was added; not taken')

  const today = ground.shownToday(row.findingId)
  const shown = row.shown.map((cell) => cell ?? '')
  if (row.check === '' || ground.check(row.findingId, shown) !== row.check) {
    const columns = changedColumns(row, today, ground)
    return reject(
      'E301',
      columns.length > 0
        ? `「${columns.join('」「')}」与发出时不同，未导入 · changed since it was sent; not taken`
        : '校验列被改动或与本行不符，未导入 · the check column does not fit the row; not taken',
    )
  }
  if (!today.some((cells) => isSameEvidence(cells, shown)))
    return reject(
      'E302',
      today.length === 0
        ? '清单版本已过期：此问题已不在本次核对结果中 · outdated: the finding is no longer in this run'
        : '清单版本已过期：此问题的内容已变化，请用新清单 · outdated: the finding has changed, use a new list',
    )
  return decideAnswer(row, ground, outcome)
}

function decideAnswer(
  row: ReturnedRow,
  ground: ImportGround,
  outcome: (kind: OutcomeKind, code: string, message: string) => Outcome,
): Outcome {
  const { 核实人: visitor, 日期: visitedOn, 备注: note } = row.answers
  const said = row.answers['核实结果']
  const tail = row.answers['证件号后四位'].normalize('NFKC').replaceAll(/\s/gu, '')
  if (row.formulas.length > 0)
    return outcome('rejected', 'E303', `「${row.formulas.join('」「')}」填了公式，未导入 · a formula, not an answer`)
  if (row.covered.length > 0)
    return outcome(
      'rejected',
      'E303',
      `「${row.covered.join('」「')}」被合并单元格盖住，未导入，请逐行填写 · under a merged cell: answer row by row`,
    )
  if (said === '') {
    if ([tail, visitor, visitedOn, note].every((text) => text === ''))
      return outcome('unanswered', '', '未答 · no answer')
    return outcome('rejected', 'E303', misplaced(row.answers))
  }
  const verdict = verdictOf(said)
  if (verdict !== undefined && isAsDeskSent(note, verdict) && [tail, visitor, visitedOn].every((text) => text === ''))
    return outcome(
      'unanswered',
      '',
      '审核台的判断，实地未答 · the desk’s verdict as it was sent, no answer of the field',
    )
  if (verdict === undefined)
    return outcome('rejected', 'E303', isYesOrNo(said) ? YES_OR_NO : noChoice(nearVerdict(said)))
  const folded = tail.toUpperCase().replaceAll(/[×Х]/gu, 'X')
  if (folded !== '' && !/^\d{3}[\dX]$/.test(folded))
    return outcome(
      'rejected',
      'E303',
      '「证件号后四位」应为四位，前面的 0 也要写，不知道的留空 · the last four digits are four characters, noughts too; leave it empty where nobody knows',
    )
  const answer: Answer = {
    findingId: row.findingId,
    verdict,
    tailFits: folded === '' ? '' : ground.tailFits(row.findingId, folded),
    visitor,
    visitedOn: writtenDate(visitedOn),
    note,
    check: row.check,
    source: `${row.file}${row.sheet === '' ? '' : `#${row.sheet}`}:${row.line}`,
  }
  const standing = ground.standing.get(row.findingId)
  if (standing !== undefined)
    return sameAnswer(standing, answer)
      ? { ...outcome('unchanged', '', '已有相同答案 · the same answer is already there'), confirmed: answer }
      : outcome(
          'conflicting',
          'E304',
          `与导入 ${standing.importId} 的${differenceOf(standing, answer)}冲突，未导入；如要更换请先撤销那次导入，再导入本表 · ` +
            'another answer already stands; to replace it undo that import, then import this list',
        )
  return { ...outcome('applied', '', '可导入 · taken'), answer }
}

/** A spreadsheet that took the day for a date returns its number: 44155 is 2020-11-20. */
function writtenDate(text: string): string {
  if (!/^[34]\d{4}(?:\.\d+)?$/.test(text)) return text
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(text)) * 86_400_000).toISOString().slice(0, 10)
}

/** The answer stands in another column, or only the rest was filled in. */
function misplaced(answers: ReturnedRow['answers']): string {
  const column = MISPLACED_IN.find((name) => verdictOf(answers[name].trim()) !== undefined)
  return column === undefined
    ? '其他栏已填而「核实结果」为空，未导入 · filled, but 核实结果 is empty'
    : `答案写在了「${column}」，应写在「核实结果」，未导入；请改过再导入 · the answer stands in ${column} and belongs in 核实结果: move it there`
}

/** Where people write an answer by mistake: beside its own column. */
const MISPLACED_IN = ['证件号后四位', '核实人', '日期', '备注'] as const

const YES_OR_NO =
  `「核实结果」写的是对勾或是、否，看不出说的是问题属实还是答了问话；请问清楚，从 ${VERDICTS.join('、')} 中选 · ` +
  'a tick, or yes and no, does not say what is so: ask, and choose one of these'

function noChoice(near: string | undefined): string {
  return near === undefined
    ? `「核实结果」不在选项内，请从 ${VERDICTS.join('、')} 中选 · not one of the choices`
    : `「核实结果」不在选项内，是「${near}」？请改成选项后再导入 · not one of the choices; is ${near} meant?`
}

function differenceOf(standing: Answer, answer: Answer): string {
  if (standing.verdict !== answer.verdict) return '「核实结果」'
  return standing.note !== answer.note ? '「备注」' : '「证件号后四位」'
}

/** The same finding twice in the files: equal answers count once, different ones are put before a person. */
function settleRepeats(outcomes: Outcome[]): void {
  const byFinding = new Map<string, number[]>()
  outcomes.forEach(({ answer }, i) => {
    if (answer === undefined) return
    const places = byFinding.get(answer.findingId)
    if (places === undefined) byFinding.set(answer.findingId, [i])
    else places.push(i)
  })
  for (const places of byFinding.values()) {
    if (places.length === 1) continue
    const answers = places.flatMap((i) => outcomes[i].answer ?? [])
    const same = answers.every((answer) => sameAnswer(answer, answers[0]))
    const here = places.map((i) => placeOf(outcomes[i]))
    const others = answers.filter((answer) => !sameAnswer(answer, answers[0]))
    const columns = [...new Set(others.map((answer) => differenceOf(answers[0], answer)))]
    for (const [n, i] of same ? [...places.entries()].slice(1) : places.entries()) {
      const { answer: _, ...rest } = outcomes[i]
      const elsewhere = here.filter((_place, k) => k !== n).slice(0, 3)
      outcomes[i] = same
        ? { ...rest, kind: 'unchanged', message: '同一答案重复出现，计一次 · the same answer twice, counted once' }
        : {
            ...rest,
            kind: 'conflicting',
            code: 'E304',
            message: `与 ${elsewhere.join('、')} 的${columns.join('')}不同，均未导入 · different answers to one finding, none taken`,
          }
    }
  }
}

/** With the page: of a page copied within its workbook file and row are the same. */
function placeOf({ file, sheet, line }: Outcome): string {
  return `${file}${sheet === '' ? '' : ` [${sheet}]`} 第${line}行`
}

/** Of every sheet that came back: the rows that did not. */
function missingRows(rows: readonly ReturnedRow[], ground: ImportGround): Outcome[] {
  const returned = new Set(rows.map((row) => row.findingId))
  const reported = new Set<string>()
  const seen = new Set<string>()
  const missing: Outcome[] = []
  for (const row of rows) {
    if (row.listNumber === '' || seen.has(`${row.listNumber}/${row.findingId}`)) continue
    for (const findingId of ground.sentBeside(row.listNumber, row.findingId)) {
      seen.add(`${row.listNumber}/${findingId}`)
      if (returned.has(findingId) || reported.has(findingId)) continue
      // Answered by another copy of the list, or nothing that is asked any more: the sheet of an earlier night.
      if (ground.standing.has(findingId) || ground.shownToday(findingId).length === 0) continue
      reported.add(findingId)
      missing.push({
        kind: 'missing',
        code: 'E305',
        file: row.file,
        sheet: row.sheet,
        line: 0,
        findingId,
        message: '有行被删除，视为未答 · the row was deleted; counted as unanswered',
      })
    }
  }
  return missing
}

/** Names the columns that differ from what was sent, where that can be known. */
function changedColumns(
  row: ReturnedRow,
  today: readonly (readonly string[])[],
  ground: ImportGround,
): readonly string[] {
  const sent = today.find((cells) => ground.check(row.findingId, cells) === row.check)
  if (sent === undefined) return []
  return SHOWN_COLUMNS.filter((_, c) => comparableCell(row.shown[c] ?? '') !== comparableCell(sent[c]))
}

/**
 * Whether two rows of lists rest on the same values. The kind of the question at their head may bear 链接待确认 no longer, and its sentence
 * at their end, like our words for codes, may be reworded between versions: whoever answered has not been asked another question.
 */
function isSameEvidence(a: readonly string[], b: readonly string[]): boolean {
  const valuesOf = (cells: readonly string[]) => cells.slice(1, -1).map((cell) => inTodaysWords(comparableCell(cell)))
  return valuesOf(a).join('\n') === valuesOf(b).join('\n')
}

function sameAnswer(a: Answer, b: Answer): boolean {
  return a.verdict === b.verdict && a.tailFits === b.tailFits && a.note === b.note
}
