/**
 * The tables that go by household: 户主姓名底册, 综合性台账 and the 过录汇总 of a township. PURE.
 */
import type { PersonRows } from './person-status.ts'
import { censusWords, registerWords } from './person-status.ts'
import { addressOf, birthDigits, fieldOf, isEffective, isHead, isPresent, nameOf } from './record-words.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { TableLine, TableSpec } from './table-lines.ts'
import { NUMBER, PERSON, householdOrder, personCells, sheetOfRow } from './table-lines.ts'

export const HEADS: TableSpec = {
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

export const LEDGER: TableSpec = {
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

export const TALLY: TableSpec = {
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
/** 户编号 999 is a household of which all have died (全户死亡户); from 600 up stand those of other kinds. */
const ALL_DEAD_NUMBER = 999
const HIGH_NUMBER_MIN = 600
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
    high.filter((n) => n === ALL_DEAD_NUMBER).length,
    high.filter((n) => n >= HIGH_NUMBER_MIN && n !== ALL_DEAD_NUMBER).length,
    people.filter((row) => ['6', '7'].includes(code(row, 'residence'))).length,
    born.length,
    new Set(born.map((row) => row.householdKey)).size,
    dead.length,
    new Set(dead.map((row) => `${row.block} ${fieldOf(row, 'household_no')}`)).size,
  ]
}
