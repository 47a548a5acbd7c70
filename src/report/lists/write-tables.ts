/**
 * Working tables of a run written to a directory: per township and table one workbook, a sheet per 普查小区 or 村居.
 *
 * In:  the run, the whole registers, an order for the census office. Out: files in a staged directory.
 * These tables hold census answers, so no other office gets them, under no purpose.
 */
import { BiduiError, EXIT } from '../../errors.ts'
import type { ExportOrder } from '../export-gate.ts'
import { EXPORT_NOTICE, noticeOf } from '../export-gate.ts'
import type { SheetPlan } from '../workbook/xlsx.ts'
import { writeWorkbook } from '../workbook/xlsx.ts'
import { sheetName } from './issue-sheets.ts'
import { termOf } from './questions.ts'
import type { RunSource } from './run-source.ts'
import type { TableLine, TableName, TableSpec } from './table-lines.ts'
import { townshipGround } from './table-lines.ts'
import { TABLE_SPECS } from './tables.ts'
import type { RegisterGround } from './whole-registers.ts'
import type { StagedDirectory } from './write-lists.ts'

export interface TablesOrder {
  readonly order: ExportOrder
  readonly tables: readonly TableName[]
  /** Prefixes of 6 to 12 digits; none = all. */
  readonly townships: readonly string[]
}

export async function writeTables(
  source: RunSource,
  registers: RegisterGround,
  given: TablesOrder,
  out: StagedDirectory,
): Promise<{ readonly files: readonly string[]; readonly lines: number }> {
  if (given.order.addressee !== 'census')
    throw new BiduiError(
      'E401',
      EXIT.usage,
      '--tables 含普查登记内容，只供普查机构使用 (tables hold census answers).',
      {
        advice:
          '请去掉 --tables，普查以外的部门只给行政问题 · leave --tables out; other offices get the adm findings only.',
      },
    )
  const terms = source.codesByRecord(termOf)
  const files: string[] = []
  let lines = 0
  for (const township of registers.townships) {
    if (given.townships.length > 0 && !given.townships.some((prefix) => township.startsWith(prefix.slice(0, 9))))
      continue
    const ground = townshipGround(
      registers.rowsOf(township),
      (personId) => registers.rowsOfPerson(personId),
      (key) => terms.get(key) ?? [],
    )
    for (const name of given.tables) {
      const spec = TABLE_SPECS[name]
      const own = spec.lines(ground)
      if (own.length === 0) continue
      lines += own.length
      const stem = township === '' ? 'elsewhere' : township
      const sheets = sheetsOf(spec, own, given.order, stem)
      files.push(out.write(`${stem}_${spec.zh}.xlsx`, await writeWorkbook({ title: `${spec.zh} ${stem}`, sheets })))
    }
  }
  return { files, lines }
}

function sheetsOf(spec: TableSpec, lines: readonly TableLine[], order: ExportOrder, township: string): SheetPlan[] {
  const sheets = new Map<string, TableLine[]>()
  for (const line of lines) {
    const own = sheets.get(line.sheet)
    if (own === undefined) sheets.set(line.sheet, [line])
    else own.push(line)
  }
  return [...sheets.keys()].sort().map((name) => {
    const own = (sheets.get(name) ?? []).sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    return {
      name: sheetName(name),
      // A table of one sheet for the township bears the township's name.
      title: `${spec.zh}　${/\d/.test(name) ? name : township}`,
      lines: [noticeOf(order), `本页 ${own.length} 行${spec.name === 'tally' ? `　${TALLY_NOTE}` : ''}`],
      columns: spec.columns,
      rows: own.map(({ cells }) => cells),
      footer: `${EXPORT_NOTICE}　授权编号 ${order.authorisation}`,
      orientation: spec.orientation,
      boldRows: new Set(own.flatMap(({ cells }, i) => (cells[0] === '合计' ? [i] : []))),
    }
  })
}

const TALLY_NOTE =
  '出生：2019年11月至2020年10月出生的现住人；死亡：死亡表行数；长短表户数与境外人员表不在所给资料中，未列。'
