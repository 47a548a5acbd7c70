/**
 * What tonight's files lack that last night's had: a township whose file was forgotten makes thousands of people "missing", and every
 * one of those findings is about a file.
 *
 * In:  rows by register and township of two nights. Out: what is lost, heaviest first, and the sentence that says what to do.
 * Rows that a township could lose by itself (deaths, moves) are no loss: more than a fifth of its rows, and not a handful.
 * Pure. Leaves to commands/run/last-night.ts: reading last night's run, and whether a loss stops the run.
 */
import { REGISTER_SPECS, REGISTERS, type RegisterName } from '../registers/columns.ts'
import { countText } from '../display-text.ts'
import { compareText } from '../text-order.ts'
import type { RunWarning } from './run-warning.ts'

/** Register → township (nine digits, '' where the row names none) → rows. */
export type RowsByTownship = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface RowLoss {
  readonly code: 'E140' | 'E141' | 'E142'
  readonly register: RegisterName
  /** '' for the whole register. */
  readonly township: string
  readonly before: number
  readonly now: number
}

const LOSS_SHARE_MAX = 0.2
/** Fewer rows come and go by themselves. */
const LOSS_ROWS_LEAST = 20
const TOWNSHIP_ROWS_LEAST = 10

export function rowLosses(before: RowsByTownship, now: RowsByTownship): readonly RowLoss[] {
  const losses: RowLoss[] = []
  for (const register of REGISTERS) {
    const [then, tonight] = [before[register] ?? {}, now[register] ?? {}]
    const [rowsThen, rowsNow] = [sum(then), sum(tonight)]
    if (rowsThen === 0) continue
    if (rowsNow === 0) {
      losses.push({ code: 'E140', register, township: '', before: rowsThen, now: 0 })
      continue
    }
    const found = Object.entries(then).flatMap(([township, rows]): RowLoss[] => {
      const left = tonight[township] ?? 0
      if (township === '') return []
      if (left === 0 && rows >= TOWNSHIP_ROWS_LEAST) return [{ code: 'E141', register, township, before: rows, now: 0 }]
      return isLoss(rows, left) ? [{ code: 'E142', register, township, before: rows, now: left }] : []
    })
    // Spread over townships too small to say so, or rows that no longer name one: the register says it.
    if (found.length === 0 && isLoss(rowsThen, rowsNow))
      found.push({ code: 'E142', register, township: '', before: rowsThen, now: rowsNow })
    losses.push(...found)
  }
  return losses.sort((a, b) => b.before - b.now - (a.before - a.now) || compareText(a.township, b.township))
}

function isLoss(before: number, now: number): boolean {
  return before - now >= LOSS_ROWS_LEAST && before - now > before * LOSS_SHARE_MAX
}

export function lossWarning(loss: RowLoss, run: string): RunWarning {
  const { code, register, township, before, now } = loss
  const zh = `${REGISTER_SPECS[register].zh}${township === '' ? '' : ` 乡镇 ${township}`}`
  const en = `${register}${township === '' ? '' : `, township ${township}`}`
  const rows = `上次 ${countText(before)} 行 → 本次 ${countText(now)} 行`
  const rowsEn = `${countText(before)} rows last time, ${countText(now)} now`
  const [what, whatEn] =
    code === 'E140'
      ? ['整个登记册缺失', 'the register is missing']
      : code === 'E141'
        ? ['整个乡镇缺失', 'the township is missing']
        : [`少了 ${shareText(before, now)}`, `${shareText(before, now)} fewer`]
  return {
    code,
    file: run,
    message:
      `${zh} ${what}(${rows})。请查文件是否漏交或截断，补齐后重新运行；在此之前这里的漏登、查无类问题不要下发 · ` +
      `${en}: ${whatEn} (${rowsEn}). Ask whether a file was forgotten or cut short and run again; until then send no lists of missing people from there`,
  }
}

function shareText(before: number, now: number): string {
  return `${Math.round((100 * (before - now)) / before)}%`
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0)
}
