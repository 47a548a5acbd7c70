/**
 * To which day the extracts reach, as far as the settings and last night's run tell: words for what is likely a slip.
 *
 * In:  the settings, tonight's files, last night's manifest. Out: warnings; nothing here refuses a run, for a census that is closed
 * does come in the same file every night, and an office may well look back two years.
 */
import type { SourceFile } from '../../records/record-table.ts'
import { REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'
import type { Manifest } from '../../report/run-directory/manifest.ts'
import { dateText } from '../../report/date-text.ts'
import type { NewestEntries } from '../../report/newest-entries.ts'
import type { RunWarning } from '../../report/run-warning.ts'
import type { CompleteSettings } from '../../settings.ts'

/** Registers reach a few months behind the reference date or beyond it; a year more is a digit typed wrongly. */
const DAYS_APART_MAX = 400

/** A day given for a register that is not there does nothing, and one far away moves every grace period. */
export function asOfWarnings({ inputs, findings: { asOf, referenceDate } }: CompleteSettings): readonly RunWarning[] {
  const given = new Set(inputs.map(({ register }) => register))
  return REGISTERS.filter((register) => asOf[register] !== referenceDate).flatMap((register): RunWarning[] => {
    const what = `--as-of ${register}=${dateText(asOf[register])}`
    if (!given.has(register))
      return [
        {
          code: 'E152',
          file: '',
          message: `${what}: 本次没有给出${REGISTER_SPECS[register].zh}，此日期不起作用 · ${register} was not given, the day has no effect`,
        },
      ]
    if (daysApart(asOf[register], referenceDate) <= DAYS_APART_MAX) return []
    return [
      {
        code: 'E152',
        file: '',
        message: `${what}: 离标准时点 ${dateText(referenceDate)} 一年以上，年份是否写错 · more than a year from the reference date: is the year right?`,
      },
    ]
  })
}

/**
 * What tells that tonight's extracts are no newer than last night's.
 * @param newest days of the newest entries of both nights; empty for a run of an earlier version
 */
export function oldExtractWarnings(
  last: Pick<Manifest, 'inputs' | 'settings'>,
  run: string,
  files: readonly Pick<SourceFile, 'register' | 'sha256'>[],
  { findings: { asOf } }: Pick<CompleteSettings, 'findings'>,
  newest: { readonly before: NewestEntries; readonly tonight: NewestEntries } = { before: {}, tonight: {} },
): readonly RunWarning[] {
  const seen = new Set(last.inputs.map(({ register, sha256 }) => `${register} ${sha256}`))
  const given = REGISTERS.filter((register) => files.some((file) => file.register === register))
  const same = given.filter((register) =>
    files.every((file) => file.register !== register || seen.has(`${register} ${file.sha256}`)),
  )
  const older = given.filter((register) => dateText(asOf[register]) < (last.settings.as_of[register] ?? ''))
  // Where nobody said to which day it reaches, the entries themselves do.
  const behind = given.filter((register) => {
    const [before, tonight] = [newest.before[register], newest.tonight[register]]
    return before !== undefined && tonight !== undefined && tonight < before && !older.includes(register)
  })
  const zh = same.map((register) => REGISTER_SPECS[register].zh).join('、')
  return [
    ...(same.length === 0
      ? []
      : [
          {
            code: 'E153',
            file: run,
            message: `与上次是同样的文件：${zh}。若应有新导出，请查是否未送达 · the same files as last time: ${same.join(', ')}. If new extracts were due, ask whether they were delivered`,
          },
        ]),
    ...behind.map((register) => ({
      code: 'E157',
      file: run,
      message: `${REGISTER_SPECS[register].zh}最新一条登记在 ${newest.tonight[register]}，早于上次的 ${newest.before[register]}，是否给了旧导出 · the newest entry of ${register} is of ${newest.tonight[register]}, last time of ${newest.before[register]}: is this an older extract?`,
    })),
    ...older.map((register) => ({
      code: 'E154',
      file: run,
      message: `${REGISTER_SPECS[register].zh}数据截至 ${dateText(asOf[register])}，早于上次的 ${last.settings.as_of[register]}，是否给了旧导出 · ${register} reaches to ${dateText(asOf[register])}, last time to ${last.settings.as_of[register]}: is this an older extract?`,
    })),
  ]
}

/** Days between two packed dates. */
function daysApart(a: number, b: number): number {
  const day = (packed: number): number => Date.parse(dateText(packed)) / 86_400_000
  return Math.abs(day(a) - day(b))
}
