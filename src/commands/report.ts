/**
 * `bidui report`: the run as one HTML page for the office head.
 * Arguments in, a file out; what it says is src/report/page.
 */
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { completeExportOrder } from '../report/export-gate.ts'
import { readReportData } from '../report/page/report-data.ts'
import { cannotWrite, isOutOfRoom } from '../report/run-directory/run-directory.ts'
import { writeWhole } from '../report/run-directory/staging.ts'
import { refuseToReplace } from './command-line/may-replace.ts'

interface ReportOptions {
  readonly out: string
  readonly purpose?: string
  readonly authorisation?: string
}

export function registerReport(program: Command): void {
  program
    .command('report')
    .summary('领导报告: write the run as one HTML page for the office head')
    .description(
      '领导报告: 读入、关联、查出了什么，分乡镇，带图；可离线打开，可打印 A4。\n' +
        'What was read, linked and found, per township, with charts; opens offline,\n' +
        'prints on A4, Chinese with an English switch. Counts only; cells below 10\n' +
        'are suppressed.',
    )
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .requiredOption(
      '--out <file>',
      '报告写到哪个文件，缺 .html 则补上: HTML file to write; .html is added where the name lacks it',
    )
    .option('--purpose <text>', '用途，写在报告上: purpose that stands on the page (default: the run’s)')
    .option('--authorisation <number>', '授权编号，写在报告上: authorisation number (default: the run’s)')
    .addHelpText(
      'after',
      '\nExample 示例:\n  bidui report run1 --out run1.html --purpose 汇报 --authorisation 7号\n        可离线打开、可打印的一页\n        a page that opens offline and prints',
    )
    .action(async (run: string, options: ReportOptions) => {
      const out = pageName(options.out)
      refuseToReplace(out, (text) => /^\s*<!doctype html>/i.test(text))
      const data = readReportData(run)
      const { purpose, authorisation } = completeExportOrder({
        purpose: options.purpose ?? data.purpose,
        authorisation: options.authorisation ?? data.authorisation,
      })
      // Charts take a third of a second to load: only who draws them waits.
      const { reportPage } = await import('../report/page/page.ts')
      writePage(out, reportPage({ ...data, purpose, authorisation }))
      process.stdout.write(`报告 report → ${out}\n`)
    })
}

/** Without its ending no browser opens it by a click. What is there already keeps its name: it is replaced or refused. */
function pageName(out: string): string {
  if (/\.html?$/i.test(out)) return out
  return existsSync(out) || /[\\/]$/.test(out) ? out : `${out}.html`
}

/** The old page stays until the new one is whole. */
function writePage(path: string, text: string): void {
  try {
    writeWhole(path, text)
  } catch (cause) {
    if (isOutOfRoom(cause)) throw cannotWrite(path, cause)
    throw new BiduiError('E403', EXIT.cannotCreate, `${path}: 写入失败 (cannot write the report).`, {
      advice:
        '请给出文件名，所在文件夹须已存在且可写 · give the name of a file in a folder that exists and may be written to.',
      cause,
    })
  }
}
