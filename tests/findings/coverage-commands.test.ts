/** What the commands around findings print: lists as their columns say, names as written, formulas defused, gaps told. */
import { expect, test } from 'vitest'
import { auditLines, withNotice } from '../../src/commands/audit-forms.ts'
import { formatBalanceSheet, formatCoverage } from '../../src/commands/coverage.ts'
import { diffLines, membersOf } from '../../src/commands/diff-households.ts'
import { balanceSheet } from '../../src/findings/balance/index.ts'
import { estimateCoverage } from '../../src/findings/coverage/index.ts'
import { auditForms, diffHouseholds, type ListedMember } from '../../src/findings/index.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { encodeCsv } from '../../src/report/lists/csv.ts'
import { readTable } from '../../src/tables/read/read-table.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, census, police, T0, V1, visitor } from './check.ts'

const asOf = { police: T0, census: T0, census_deaths: T0, births: T0, deaths: T0 }
const contextOf = (rows: readonly RowText[]) => {
  const { table, people } = buildTable(rows, { counties: [513027] })
  return { table, people, given: new Set(REGISTERS), settings: { referenceDate: T0, asOf, graceDays: 30 } }
}
const list = (text: string) => readTable(new TextEncoder().encode(text), 'list.csv')

function diffOf(left: string, right: string, hasBlocks = false): readonly (readonly string[])[] {
  const written = new Map<ListedMember, string>()
  const [a, b] = [left, right].map((text) => membersOf(list(text), hasBlocks, written))
  return diffLines(diffHouseholds(a, b), written).slice(1)
}

test('Chinese and canonical headers, variant characters, codes and words for sex and birth are one', () => {
  const left = '户编号,姓名,性别,出生年月\n001,赵玉兰,女,199803\n'
  const right = 'household_no,name,sex,birth_month\n001,趙玉蘭,2,1998-03\n'
  expect(diffOf(left, right)).toEqual([])
})

test('a birth is read from whichever of the two columns a list has, and from the date where it has both', () => {
  const list1998 = '户编号,姓名,出生年月\n001,赵玉兰,199803\n'
  const told = (birth: string, head = '出生日期') =>
    diffOf(list1998, `户编号,姓名,${head}\n001,赵玉兰,${birth}\n`).map((line) => line[3])
  expect(told('1998-03-15')).toEqual([])
  expect(told('1999-04-15')).toEqual(['出生'])
  expect(told('199803,1999-04-15', '出生年月,出生日期')).toEqual(['出生'])
})

test('names are printed as they were written, and a formula in one is defused in the CSV', () => {
  const [line] = diffOf('户编号,姓名\n001,趙玉蘭\n', '户编号,姓名\n002,"=HYPERLINK(""x"")"\n')
  expect(line.slice(0, 6)).toEqual(['001', '仅甲表有此户', '仅甲表', '', '0000002', '趙玉蘭'])
  const [, formula] = diffOf('户编号,姓名\n001,趙玉蘭\n', '户编号,姓名\n002,=1+1\n')
  expect(formula[7]).toBe('=1+1')
  expect(new TextDecoder().decode(encodeCsv([formula]))).toContain("'=1+1")
})

test('household numbers start again in every block where both lists have blocks', () => {
  const left = `普查小区码,户编号,姓名\n${V1}001,001,王建国\n`
  const right = `普查小区码,户编号,姓名\n${V1}002,001,王建国\n`
  expect(diffOf(left, right, true)).toHaveLength(2)
  expect(diffOf(left, right)).toEqual([])
})

test('a list without its key column is refused with the column', () => {
  expect(() => membersOf(list('姓名\n王建国\n'), false, new Map())).toThrow(
    /E118.*list\.csv: .*column household_no \(户编号\) is missing/,
  )
})

test('the audit list has a line an issue, with the block and the records', () => {
  const context = contextOf([census({ id: 'C1', residence: '' })])
  const lines = auditLines(context.table, auditForms(context))
  expect(lines).toContainEqual([
    'residence-missing',
    '须改正 hard',
    '普查时点居住地未填',
    'D7 missing',
    `${V1}001`,
    'census:C1',
  ])
})

test('the printed sheet says of each equality whether it holds, and never prints an unequal one bare', () => {
  const sheet = balanceSheet(contextOf([police(), away({ away_duration: '2' }), visitor({ away_duration: '3' })]))
  expect(formatBalanceSheet(sheet)).toMatch(/2 ≠ 1 {2}常住人口.*有差额 differs \(1\)/)
  const broken = { ...sheet, identities: sheet.identities.map((i) => ({ ...i, holds: false, difference: 7 })) }
  expect(formatBalanceSheet(broken).match(/DOES NOT BALANCE \(7\)/g)).toHaveLength(sheet.identities.length)
})

test('the coverage text carries its assumptions, or says why there is no estimate', () => {
  const linkage = { missed: 0, false: 0 }
  const rows = Array.from({ length: 12 }, (_, k) => [police({ person: `p${k}` }), census({ person: `p${k}` })]).flat()
  expect(formatCoverage(estimateCoverage(contextOf(rows), { linkage, minimum: 10 }))).toMatch(/Independence does not/)
  const few = formatCoverage(estimateCoverage(contextOf(rows.slice(0, 6)), { linkage, minimum: 10 }))
  expect(few).toMatch(/not estimated: fewer than 10/)
})

test('a file that leaves says on each line for what and under which number', () => {
  const order = { addressee: 'census', purpose: '核查', authorisation: '7号' } as const
  const [head, ...lines] = withNotice([['a'], ['1'], ['2']], order)
  expect(head).toEqual(['a', '用途与授权'])
  for (const line of lines) expect(line[1]).toMatch(/用途：核查.*授权编号：7号.*不得对外提供/)
})
