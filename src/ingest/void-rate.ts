/**
 * What is said of values that cannot be read, column by column.
 *
 * In: counts of values present and of values that cannot be read; empty cells do not count. A required column that is
 * mostly unreadable refuses the file: then the column is the wrong one, not its values. Of a required column that is
 * nearly empty, of another of which much is lost, and of every status that counts as the default because nobody knows
 * it, the reader is told.
 */
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { type ColumnSpec, REGISTER_SPECS } from '../registers/columns.ts'
import { type IngestWarning, refuseFile } from './messages.ts'
import type { ParseResult } from './plan.ts'
import type { SurveyedFile } from './survey-inputs.ts'

/** Of fewer rows a column says nothing of how the office writes it. */
export const ROWS_MIN = 100
const VOID_SHARE_MAX = 0.2
/** Fewer values than these are too few to say that a column is written in a way of its own. */
const TOLD_MIN = 20
/** A required column with fewer cells filled was left out by the office, whatever its header says. */
export const FILLED_SHARE_MIN = 0.1
/** Kept as it was written: no cell of it is counted as filled. */
const NEVER_READ = 'certificate_no'

const LEFT_OUT = {
  code: 'E162',
  message:
    '必需列几乎为空，依靠它的比对和核查会变少、变得不确定，请向提供单位补要 · a required column is nearly empty: links and findings that rest on it are fewer and less certain, ask the office for it',
}

/** Columns in which an unknown value is read as this, with what that means. */
const DEFAULTS: Readonly<Record<string, string>> = {
  status: '0(正常) · 0 (in force)',
  record_flag: '1(现行版本) · 1 (the current version)',
  reversal_flag: '0(未冲销) · 0 (not reversed)',
}

export function judgeUnreadable(files: readonly SurveyedFile[], parsed: readonly ParseResult[]): IngestWarning[] {
  const warnings: IngestWarning[] = []
  files.forEach((file, k) => {
    file.head.columns.forEach((name, cell) => {
      const spec = REGISTER_SPECS[file.register].columns.find((column) => column.name === name)
      if (spec === undefined) return
      const present = parsed.reduce((sum, result) => sum + result.present[k][cell], 0)
      const rows = parsed.reduce((sum, result) => sum + result.rows[k], 0)
      const column = `${spec.name}(${spec.zh[0]}，「${file.head.texts[cell]}」)`
      const isLeftOut =
        spec.required === true && spec.name !== NEVER_READ && rows >= ROWS_MIN && present < rows * FILLED_SHARE_MIN
      if (isLeftOut)
        warnings.push({ ...LEFT_OUT, message: `${LEFT_OUT.message}: ${column}: ${present} / ${rows}`, file: file.name })
      const voids = parsed.reduce((sum, result) => sum + result.voids[k][cell], 0)
      if (voids === 0) return
      const place = `${column}: ${voids} / ${present}`
      const isMuch = voids > present * VOID_SHARE_MAX
      if (spec.required === true && isMuch && present >= ROWS_MIN) throw refuseFile('E129', file.name, place)
      const warning = warningOf(spec, place, isMuch && present >= TOLD_MIN)
      if (warning !== undefined) warnings.push({ ...warning, file: file.name })
    })
  })
  return warnings
}

function warningOf(spec: ColumnSpec, place: string, isMuch: boolean): Omit<IngestWarning, 'file'> | undefined {
  const meaning = DEFAULTS[spec.name]
  if (meaning !== undefined)
    return {
      code: 'E135',
      message: `不认识的值按 ${meaning.split(' · ')[0]} 计，请改为代码 · values that are not known were taken for ${meaning.split(' · ')[1]}; write the code instead: ${place}`,
    }
  if (!isMuch) return undefined
  return {
    code: 'E134',
    message: `多个值无法读取，按空白计，请核对写法和表头 · many values cannot be read and count as empty; check how they are written, and the header: ${place}`,
  }
}

/** Rows named in the message: enough to find out in the file what happened. */
const SLIPS_SHOWN = 5

export function tellSlips(files: readonly SurveyedFile[], parsed: readonly ParseResult[]): IngestWarning[] {
  return files.flatMap((file, k) => {
    const rows = parsed.flatMap((result) => result.slips.filter((slip) => slip.file === k).map((slip) => slip.row))
    if (rows.length === 0) return []
    const shown = rows
      .sort((a, b) => a - b)
      .slice(0, SLIPS_SHOWN)
      .join(', ')
    const rest = rows.length > SLIPS_SHOWN ? ' …' : ''
    return {
      code: 'E146',
      file: file.name,
      message: `有 ${rows.length} 行漏填或多填一格，其后各格错列，已按原列读取，请更正 · ${rows.length} rows lack a cell or have one too many, and what follows stands in the neighbouring column; read as in the right ones, please correct them: 行 rows ${shown}${rest}`,
    }
  })
}

/** ID numbers of a file that lost their ends, of all in it, from which the file and not its rows should be mended. */
const TRUNCATED_SHARE_TOLD = 0.05

/** Numbers of a file that are signs in the place of one, of all in it, from which it is told that the file has hardly any. */
const PLACEHOLDER_SHARE_TOLD = 0.5

/**
 * A spreadsheet keeps fifteen digits of a number: a column that went through one as numbers is exported again, not asked for row by row.
 * So is one whose numbers were hidden (513027********1234).
 */
export function tellUselessNumbers(files: readonly SurveyedFile[], table: RecordTable): IngestWarning[] {
  const { fileNo, idKind } = table.columns
  const present = files.map(() => 0)
  const truncated = files.map(() => 0)
  const placeholders = files.map(() => 0)
  for (let row = 0; row < table.rows; row++) {
    if (idKind[row] === ID_KIND.missing) continue
    present[fileNo[row]]++
    if (idKind[row] === ID_KIND.truncated) truncated[fileNo[row]]++
    if (idKind[row] === ID_KIND.placeholder) placeholders[fileNo[row]]++
  }
  const isTold = (count: number, k: number, share: number): boolean => count >= TOLD_MIN && count >= present[k] * share
  return files.flatMap(({ name }, k) => [
    ...(isTold(truncated[k], k, TRUNCATED_SHARE_TOLD)
      ? [
          {
            code: 'E159',
            file: name,
            message: `身份号码曾被当作数字，末三位已丢失，请将该列设为文本后重新导出 · ID numbers went through a spreadsheet as numbers and lost their last three digits: export the file again with that column as text: ${truncated[k]} / ${present[k]}`,
          },
        ]
      : []),
    ...(isTold(placeholders[k], k, PLACEHOLDER_SHARE_TOLD)
      ? [
          {
            code: 'E166',
            file: name,
            message: `身份号码多为代用或遮盖字符(如“无”、****)，不能据以比对；若经脱敏，请索取未脱敏的文件 · most ID numbers are signs in the place of one, such as 无 or ****, and nothing is compared with them; if they were masked, ask for the file as it was: ${placeholders[k]} / ${present[k]}`,
          },
        ]
      : []),
  ])
}
