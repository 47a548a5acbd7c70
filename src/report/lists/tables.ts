/**
 * The offices' own working tables, one workbook each per township: 表1 户籍人口核对, 表2 人户分离与应落未落, 表4 暂住(流入)人口,
 * 户主姓名底册, 综合性台账, and the 过录汇总 of a township.
 *
 * In:  the township's rows and their people. Out: sheet plans; numbers at mask level L2, children of a certificate without
 * their parents. PURE. Each table is a list of lines with a sheet name; layout is src/report/workbook/xlsx.ts.
 */
import type { SheetColumn } from '../workbook/xlsx.ts'
import {
  addressOf,
  awayWords,
  birthDigits,
  birthOf,
  fieldOf,
  hukouWords,
  isHead,
  isPresent,
  maskedIdOf,
  nameOf,
  relationOf,
  residenceWords,
  sexOf,
} from './record-words.ts'
import {
  blockWords,
  censusWords,
  hukouCheckWords,
  isActiveHukou,
  isEffective,
  personRowsOf,
  registerWords,
} from './person-status.ts'
import type { PersonRows } from './person-status.ts'
import type { RunRecord } from './run-source.ts'

export const TABLES = ['1', '2', '4', 'heads', 'ledger', 'tally'] as const
export type TableName = (typeof TABLES)[number]

export interface TableLine {
  /** 15-digit block, 12-digit village, or 未分小区 of a village. */
  readonly sheet: string
  /** Orders the lines within a sheet. */
  readonly order: string
  readonly cells: readonly string[]
}

export interface TableSpec {
  readonly name: TableName
  readonly zh: string
  readonly columns: readonly SheetColumn[]
  readonly orientation: 'portrait' | 'landscape'
  readonly lines: (ground: TownshipGround) => TableLine[]
}

/** One township's rows with their people, read once for all its tables. */
export interface TownshipGround {
  readonly rows: readonly RunRecord[]
  readonly personOf: (row: RunRecord) => PersonRows
  /** Chinese terms of the findings on a record. */
  readonly termsOf: (key: string) => readonly string[]
}

export function townshipGround(
  rows: readonly RunRecord[],
  rowsOfPerson: (personId: string) => readonly RunRecord[],
  termsOf: (key: string) => readonly string[],
): TownshipGround {
  const people = new Map<string, PersonRows>()
  return {
    rows,
    termsOf,
    personOf: (row) => {
      if (row.personId === '') return personRowsOf([row])
      let person = people.get(row.personId)
      if (person === undefined) {
        person = personRowsOf(rowsOfPerson(row.personId))
        people.set(row.personId, person)
      }
      return person
    },
  }
}

const NUMBER = { header: '户编号', width: 8 } as const
const PERSON = [
  { header: '姓名', width: 10 },
  { header: '关系', width: 9 },
  { header: '性别', width: 5 },
  { header: '出生', width: 11 },
  { header: '证件号', width: 19 },
] as const

function personCells(row: RunRecord): string[] {
  return [nameOf(row), relationOf(row), sexOf(row), birthOf(row), maskedIdOf(row)]
}

function householdOrder(row: RunRecord): string {
  const number = fieldOf(row, 'household_no')
  return `${/^\d{1,12}$/.test(number) ? number.padStart(12, '0') : `~${number}`} ${isHead(row) ? 0 : 1} ${birthDigits(row)} ${row.key}`
}

function sheetOfRow(row: RunRecord): string {
  if (row.block !== '') return row.block
  return row.areaCode === '' ? '地区不明' : row.areaCode
}

const HUKOU_CHECK: TableSpec = {
  name: '1',
  zh: '表1户籍人口核对',
  orientation: 'landscape',
  columns: [
    { header: '户号', width: 11 },
    ...PERSON,
    { header: '住址', width: 20 },
    { header: '核对结果', width: 11 },
    { header: '普查登记处', width: 34 },
    { header: '问题', width: 18 },
    { header: '备注', width: 12, answer: true },
  ],
  lines: ({ rows, personOf, termsOf }) =>
    rows.filter(isActiveHukou).map((row) => {
      const { status, where } = hukouCheckWords(row, personOf(row))
      return {
        sheet: sheetOfRow(row),
        order: householdOrder(row),
        cells: [
          fieldOf(row, 'household_no'),
          ...personCells(row),
          addressOf(row),
          status,
          where,
          termsOf(row.key).join('、'),
          '',
        ],
      }
    }),
}

const SEPARATED: TableSpec = {
  name: '2',
  zh: '表2人户分离与应落未落',
  orientation: 'landscape',
  columns: [
    { header: '类别', width: 12 },
    NUMBER,
    ...PERSON,
    { header: '户口登记地', width: 22 },
    { header: '现住地', width: 24 },
    { header: '离开时间', width: 11 },
    { header: '原因', width: 10 },
    { header: '备注', width: 12, answer: true },
  ],
  lines: ({ rows, personOf, termsOf }) =>
    rows.flatMap((row) => {
      const kind = separationOf(row, personOf(row), termsOf(row.key))
      if (kind === undefined) return []
      const census = row.register === 'census'
      return [
        {
          sheet: sheetOfRow(row),
          order: `${householdOrder(row)} ${kind}`,
          cells: [
            kind,
            fieldOf(row, 'household_no'),
            ...personCells(row),
            census ? [hukouWords(row), fieldOf(row, 'hukou_area_code')].filter((part) => part !== '').join(' ') : '',
            census && !isPresent(row)
              ? [residenceWords(row), fieldOf(row, 'residence_area_code')].filter((part) => part !== '').join(' ')
              : addressOf(row),
            awayWords(row),
            fieldOf(row, 'away_reason'),
            '',
          ],
        },
      ]
    }),
}

const UNREGISTERED_TERMS: ReadonlySet<string> = new Set(['出生应落未落', '口袋户口'])

function separationOf(row: RunRecord, person: PersonRows, terms: readonly string[]): string | undefined {
  if (row.register === 'census') {
    const hukou = fieldOf(row, 'hukou_place').normalize('NFKC')
    if (!isPresent(row)) return '户在人不在'
    if (hukou === '5') return '户口待定'
    return hukou !== '' && hukou !== '1' ? '人在户不在' : undefined
  }
  const unregistered = terms.find((term) => UNREGISTERED_TERMS.has(term))
  // A pocket hukou stands in the census row too (户口待定); here only who would otherwise not be on the table.
  return unregistered !== undefined && person.present.length === 0 ? unregistered : undefined
}

const INFLOW: TableSpec = {
  name: '4',
  zh: '表4暂住（流入）人口',
  orientation: 'landscape',
  columns: [
    NUMBER,
    ...PERSON,
    { header: '现住址', width: 22 },
    { header: '户口登记地', width: 24 },
    { header: '离开户口地', width: 11 },
    { header: '原因', width: 10 },
    { header: '户口地登记', width: 24 },
    { header: '备注', width: 12, answer: true },
  ],
  lines: ({ rows, personOf }) =>
    rows
      .filter((row) => isPresent(row) && ['2', '3', '4'].includes(fieldOf(row, 'hukou_place').normalize('NFKC')))
      .map((row) => {
        const away = personOf(row).away[0]
        return {
          sheet: sheetOfRow(row),
          order: householdOrder(row),
          cells: [
            fieldOf(row, 'household_no'),
            ...personCells(row),
            addressOf(row),
            [hukouWords(row), fieldOf(row, 'hukou_area_code')].filter((part) => part !== '').join(' '),
            awayWords(row),
            fieldOf(row, 'away_reason'),
            away === undefined ? '未找到' : `外出登记于${blockWords(away)}`,
            '',
          ],
        }
      }),
}

const HEADS: TableSpec = {
  name: 'heads',
  zh: '户主姓名底册',
  orientation: 'portrait',
  columns: [
    NUMBER,
    { header: '户别', width: 9 },
    { header: '户主姓名', width: 12 },
    { header: '地址', width: 34 },
    { header: '应登现住', width: 9, right: true },
    { header: '应登外出', width: 9, right: true },
    { header: '实登现住', width: 9, right: true },
    { header: '实登外出', width: 9, right: true },
    { header: '备注', width: 16, answer: true },
  ],
  lines: ({ rows }) =>
    [...householdsOf(rows)].map(([, members]) => {
      const [first] = members
      const head = members.find(isHead)
      const present = members.filter(isPresent).length
      return {
        sheet: sheetOfRow(first),
        order: householdOrder(first),
        cells: [
          fieldOf(first, 'household_no'),
          householdTypeWords(first),
          head === undefined ? '（无户主）' : nameOf(head),
          members.map(addressOf).find((address) => address !== '') ?? '',
          fieldOf(first, 'persons_present'),
          fieldOf(first, 'persons_away'),
          String(present),
          String(members.length - present),
          '',
        ],
      }
    }),
}

function householdTypeWords(row: RunRecord): string {
  const text = fieldOf(row, 'household_type').normalize('NFKC')
  return text === '1' ? '家庭户' : text === '2' ? '集体户' : text
}

/** Census households of the township, members by key. */
function householdsOf(rows: readonly RunRecord[]): Map<string, RunRecord[]> {
  const households = new Map<string, RunRecord[]>()
  for (const row of rows) {
    if (row.register !== 'census') continue
    const key = row.householdKey === '' ? row.key : row.householdKey
    const members = households.get(key)
    if (members === undefined) households.set(key, [row])
    else members.push(row)
  }
  for (const members of households.values()) members.sort((a, b) => (householdOrder(a) < householdOrder(b) ? -1 : 1))
  return households
}

const LEDGER: TableSpec = {
  name: 'ledger',
  zh: '综合性台账',
  orientation: 'landscape',
  columns: [
    NUMBER,
    ...PERSON,
    { header: '普查登记', width: 36 },
    { header: '户籍与证明', width: 32 },
    { header: '问题', width: 22 },
    { header: '备注', width: 12, answer: true },
  ],
  // Every person once: on the sheet of a census row here, else of the register rows, beside the household's counted mates.
  lines: ({ rows, personOf, termsOf }) => {
    const blockOfHousehold = blocksOfRegisterHouseholds(rows, personOf)
    const done = new Set<string>()
    const lines: TableLine[] = []
    // An old version of a register row is no person of its own.
    for (const row of rows.filter((row) => row.register !== 'police' || isEffective(row)).sort(ledgerOrder)) {
      const id = row.personId === '' ? row.key : row.personId
      if (done.has(id)) continue
      done.add(id)
      const person = personOf(row)
      const all = Object.values(person).flat()
      const block = row.block !== '' ? row.block : (blockOfHousehold.get(row.householdKey) ?? '')
      lines.push({
        sheet: block !== '' ? block : row.areaCode === '' ? '地区不明' : `${row.areaCode}未分小区`,
        order: `${row.block === '' ? '~' : ''}${householdOrder(row)}`,
        cells: [
          row.block === '' ? `户号${fieldOf(row, 'household_no')}` : fieldOf(row, 'household_no'),
          ...personCells(row),
          censusWords(person),
          registerWords(person),
          [...new Set(all.flatMap(({ key }) => termsOf(key)))].join('、'),
          '',
        ],
      })
    }
    return lines
  },
}

function ledgerOrder(a: RunRecord, b: RunRecord): number {
  const rank = (row: RunRecord) =>
    isPresent(row) ? 0 : row.register === 'census' ? 1 : row.register === 'police' ? 2 : 3
  return rank(a) - rank(b) || (a.key < b.key ? -1 : 1)
}

function blocksOfRegisterHouseholds(
  rows: readonly RunRecord[],
  personOf: (row: RunRecord) => PersonRows,
): Map<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const row of rows) {
    if (row.register !== 'police' || row.householdKey === '') continue
    for (const counted of [...personOf(row).present, ...personOf(row).away]) {
      if (counted.areaCode !== row.areaCode) continue
      const blocks = counts.get(row.householdKey) ?? new Map<string, number>()
      counts.set(row.householdKey, blocks.set(counted.block, (blocks.get(counted.block) ?? 0) + 1))
    }
  }
  return new Map(
    [...counts].map(([household, blocks]) => [
      household,
      [...blocks].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0][0],
    ]),
  )
}

const TALLY_COUNTS = [
  '总户数',
  '家庭户',
  '集体户',
  '总人数',
  '现住',
  '外出',
  '户口待定',
  '户编号999户',
  '户编号600以上户',
  '在港澳台国外',
  '出生人数',
  '有出生的户',
  '死亡人数',
  '有死亡的户',
] as const

const TALLY: TableSpec = {
  name: 'tally',
  zh: '过录汇总表',
  orientation: 'landscape',
  columns: [{ header: '普查小区', width: 20 }, ...TALLY_COUNTS.map((header) => ({ header, width: 10, right: true }))],
  lines: ({ rows }) => {
    const blocks = new Map<string, RunRecord[]>()
    for (const row of rows) {
      if (row.register !== 'census' && row.register !== 'census_deaths') continue
      const block = sheetOfRow(row)
      const own = blocks.get(block)
      if (own === undefined) blocks.set(block, [row])
      else own.push(row)
    }
    const names = [...blocks.keys()].sort()
    const counts = names.map((block) => tallyOf(blocks.get(block) ?? []))
    const total = TALLY_COUNTS.map((_, i) => counts.reduce((sum, own) => sum + own[i], 0))
    return [
      ...names.map((block, i) => ({ sheet: '过录汇总', order: block, cells: [block, ...counts[i].map(String)] })),
      { sheet: '过录汇总', order: '~', cells: ['合计', ...total.map(String)] },
    ]
  },
}

/** The window of births and deaths: the twelve months before the reference date. */
const WINDOW = { from: '201911', to: '202010' } as const

export function tallyOf(rows: readonly RunRecord[]): number[] {
  const households = [...householdsOf(rows).values()]
  const people = rows.filter((row) => row.register === 'census')
  const dead = rows.filter((row) => row.register === 'census_deaths')
  const born = people.filter((row) => {
    const month = birthDigits(row).slice(0, 6)
    return isPresent(row) && month.length === 6 && month >= WINDOW.from && month <= WINDOW.to
  })
  const number = (row: RunRecord) => Number(/^\d{1,6}$/.exec(fieldOf(row, 'household_no'))?.[0] ?? 0)
  const numbers = new Set([...households.map(([first]) => first), ...dead].map((row) => `${row.block} ${number(row)}`))
  const high = [...numbers].map((text) => Number(text.split(' ')[1]))
  const type = (wanted: string) => households.filter(([first]) => householdTypeWords(first) === wanted).length
  const present = people.filter(isPresent)
  const code = (row: RunRecord, column: string) => fieldOf(row, column).normalize('NFKC')
  return [
    households.length,
    type('家庭户'),
    type('集体户'),
    people.length,
    present.length,
    people.length - present.length,
    present.filter((row) => code(row, 'hukou_place') === '5').length,
    high.filter((n) => n === 999).length,
    high.filter((n) => n >= 600 && n !== 999).length,
    people.filter((row) => ['6', '7'].includes(code(row, 'residence'))).length,
    born.length,
    new Set(born.map((row) => row.householdKey)).size,
    dead.length,
    new Set(dead.map((row) => `${row.block} ${fieldOf(row, 'household_no')}`)).size,
  ]
}

export const TABLE_SPECS: Readonly<Record<TableName, TableSpec>> = {
  '1': HUKOU_CHECK,
  '2': SEPARATED,
  '4': INFLOW,
  heads: HEADS,
  ledger: LEDGER,
  tally: TALLY,
}
