/**
 * `bidui diff-households`: two lists of the same households against each other (一户一表 vs 自主清查表), member by member,
 * and how many both walks are likely to have missed.
 */
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { estimatePopulation } from '../findings/coverage/index.ts'
import { diffHouseholds, type HouseholdDiff, type ListedMember } from '../findings/index.ts'
import { formatDate, parseDate } from '../normalise/date.ts'
import { formatIdNumber, parseIdNumber } from '../normalise/id-number.ts'
import { foldName } from '../normalise/name.ts'
import { parseSex } from '../normalise/sex.ts'
import { readWholeFile } from '../ingest/index.ts'
import { headersOf, REGISTER_SPECS } from '../registers/columns.ts'
import { readTable, type Table } from '../tables/read/read-table.ts'
import { completeExportOrder } from '../report/export-gate.ts'
import { withNotice, writeCsvText } from './audit-forms.ts'

const HEADER = ['户', '户状态', '差异', '不同项', '甲表记录', '甲表姓名', '乙表记录', '乙表姓名']
const STATUS_WORDS = { 'only-left': '仅甲表有此户', 'only-right': '仅乙表有此户', both: '两表都有' } as const
const KIND_WORDS = { 'only-left': '仅甲表', 'only-right': '仅乙表', differing: '项目不同' } as const
const ITEM_WORDS = {
  household: '户',
  name: '姓名',
  idNumber: '公民身份号码',
  sex: '性别',
  birth: '出生',
  relation: '与户主关系',
} as const
/** Fewer on both lists say too little of those on neither. */
const ESTIMATE_MIN = 7

interface DiffOptions {
  readonly out?: string
  readonly json?: boolean
  readonly purpose?: string
  readonly authorisation?: string
}

export function registerDiffHouseholds(program: Command): void {
  program
    .command('diff-households')
    .argument('<first>', '甲表文件: first list of households')
    .argument('<second>', '乙表文件: second list of households')
    .summary('两份户名单比对: two lists of the same households: who stands on one only, who differs; CSV')
    .description(
      '两份户名单比对: 同一批户的两份名单，谁只在一份里，谁的项目不同；写成 CSV。\n' +
        'Two lists of the same households: who stands on one only, who differs; as CSV.',
    )
    .option(
      '--out <file>',
      '写到这个新文件，不给则打印: write the CSV there, which must be new (default: standard output)',
    )
    .option('--purpose <text>', '用途，写在 --out 的文件里: with --out: purpose that stands in the file')
    .option('--authorisation <number>', '授权编号，写在 --out 的文件里: with --out: authorisation number')
    .option('--json', '以 JSON 输出数量和差异: print counts and differences as JSON')
    .addHelpText(
      'after',
      `
清单可为 CSV、XLSX、DBF，都须有户编号和姓名两列；公民身份号码、性别、出生年月、
与户主关系、普查小区码、记录号，两份都有时才比较或列出。
Lists may be CSV, XLSX or DBF. Both need 户编号 (household_no) and 姓名 (name);
公民身份号码, 性别, 出生年月, 与户主关系, 普查小区码 and 记录号 are compared or
shown where both have them.

Example 示例:
  bidui diff-households one-form-each.csv own-sweep.csv --out differences.csv \\
    --purpose 二清查一比对 --authorisation 普查办〔2020〕7号
        只在一份里的户、两份不一致的人，写入 differences.csv
        households of one list only, and people who differ`,
    )
    .action(async (first: string, second: string, options: DiffOptions) => {
      const order = options.out === undefined ? undefined : completeExportOrder(options)
      if (resolve(first) === resolve(second))
        throw new BiduiError('E401', EXIT.usage, `${first}: 两次给了同一文件 · the same file twice.`, {
          advice: '请给出要比较的两份清单 · give the two lists that are to be compared.',
        })
      const tables = [await openList(first), await openList(second)]
      const hasBlocks = tables.every((table) => columnOf(table, 'block_code') !== undefined)
      const written = new Map<ListedMember, string>()
      const [left, right] = tables.map((table) => membersOf(table, hasBlocks, written))
      const diff = diffHouseholds(left, right)
      if (options.json === true) process.stdout.write(`${JSON.stringify(diff, null, 2)}\n`)
      else {
        const lines = diffLines(diff, written)
        writeCsvText(order === undefined ? lines : withNotice(lines, order), options.out)
      }
      process.stderr.write(countText(diff, left.length, right.length))
    })
}

const LISTED = [
  'block_code',
  'household_no',
  'record_id',
  'name',
  'id_number',
  'sex',
  'relation',
  'birth_date',
  'birth_month',
]

async function openList(path: string): Promise<Table> {
  try {
    const { bytes, warnings } = await readWholeFile(path, LISTED.flatMap(headersNaming))
    for (const warning of warnings) process.stderr.write(`${warning}\n`)
    return readTable(bytes, basename(path))
  } catch (cause) {
    if (cause instanceof BiduiError) throw cause
    throw new BiduiError('E101', EXIT.noInput, `${path}: 找不到或不能读取 · cannot be read.`, {
      advice: '清单是 CSV、XLSX 或 DBF 文件 · a list is a CSV, XLSX or DBF file.',
      cause,
    })
  }
}

/**
 * The members of a list; a household is told by its block too where both lists have blocks. Names are folded to be
 * compared; `written` keeps them as they stood.
 */
export function membersOf(
  table: Table,
  hasBlocks: boolean,
  written: Map<ListedMember, string>,
): readonly ListedMember[] {
  const cell = (name: string): ((row: number) => string) => {
    const column = columnOf(table, name)
    return column === undefined ? () => '' : (row) => column.cells[column.codes[row]].trim()
  }
  for (const [name, zh] of [
    ['household_no', '户编号'],
    ['name', '姓名'],
  ])
    if (columnOf(table, name) === undefined)
      throw new BiduiError(
        'E118',
        EXIT.data,
        `${table.name}: 缺少列 ${name}(${zh}) · column ${name} (${zh}) is missing.`,
        {
          advice: '请在表头这样写列名 · name the column so in the header line.',
        },
      )
  const block = cell('block_code')
  const household = cell('household_no')
  const [id, name, idNumber, sex, relation] = ['record_id', 'name', 'id_number', 'sex', 'relation'].map(cell)
  const born = [cell('birth_date'), cell('birth_month')]
  const members: ListedMember[] = []
  for (let row = 0; row < table.rowCount; row++) {
    const number = parseIdNumber(idNumber(row))
    const sexCode = parseSex(sex(row))
    const member: ListedMember = {
      key: id(row) || String(row + 2).padStart(7, '0'),
      household: hasBlocks ? `${block(row)}/${household(row)}` : household(row),
      name: foldName(name(row)),
      idNumber: number.area === 0 ? '' : formatIdNumber(number.area, number.birth, number.tail),
      sex: sexCode === 0 ? '' : sexCode === 1 ? '男' : '女',
      birth: formatDate(parseDate(born[0](row) || born[1](row))),
      relation: relation(row),
    }
    written.set(member, name(row))
    members.push(member)
  }
  return members
}

function columnOf(table: Table, name: string): Table['columns'][number] | undefined {
  const headers = new Set(headersNaming(name))
  return table.columns.find((column) => headers.has(column.name.trim()))
}

function headersNaming(name: string): readonly string[] {
  const columns = (['police', 'census'] as const).flatMap((register) => REGISTER_SPECS[register].columns)
  return [name, ...columns.filter((column) => column.name === name).flatMap((column) => headersOf(column))]
}

export function diffLines(
  diff: HouseholdDiff,
  written: ReadonlyMap<ListedMember, string>,
): readonly (readonly string[])[] {
  const lines = diff.households.flatMap(({ household, status, members }) =>
    members.map((member) => {
      const left = member.kind === 'only-right' ? undefined : member.left
      const right = member.kind === 'only-left' ? undefined : member.right
      return [
        household,
        STATUS_WORDS[status],
        KIND_WORDS[member.kind],
        member.kind === 'differing' ? member.items.map((item) => ITEM_WORDS[item]).join('、') : '',
        left?.key ?? '',
        left === undefined ? '' : (written.get(left) ?? left.name),
        right?.key ?? '',
        right === undefined ? '' : (written.get(right) ?? right.name),
      ]
    }),
  )
  return [HEADER, ...lines]
}

function countText({ counts, households }: HouseholdDiff, left: number, right: number): string {
  const both = counts.same + counts.differing
  const text =
    `相同 same ${counts.same} · 项目不同 differing ${counts.differing} · ` +
    `仅甲表 only first ${counts.onlyLeft} · 仅乙表 only second ${counts.onlyRight} · ` +
    `有差异的户 households ${households.length}\n`
  if (both < ESTIMATE_MIN) return text
  const { population, low, high } = estimatePopulation({ first: left, second: right, both })
  return (
    `${text}若两次清查相互独立 if the two lists were made independently: ` +
    `${Math.round(population)} people (95 % ${Math.round(low)}–${Math.round(high)}), ` +
    `${Math.max(0, Math.round(population - (left + right - both)))} on neither 两表皆无\n`
  )
}
