/**
 * The tables that set hukou and residence side by side: 表1 户籍人口核对, 表2 人户分离与应落未落, 表4 暂住(流入)人口. PURE.
 */
import { blockWords, hukouCheckWords, isActiveHukou } from './person-status.ts'
import type { PersonRows } from './person-status.ts'
import { termOf } from './questions.ts'
import { addressOf, awayWords, fieldOf, hukouPlaceWords, isPresent, residencePlaceWords } from './record-words.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { TableSpec } from './table-lines.ts'
import { NUMBER, PERSON, householdOrder, personCells, sheetOfRow } from './table-lines.ts'

export const HUKOU_CHECK: TableSpec = {
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

export const SEPARATED: TableSpec = {
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
            census ? hukouPlaceWords(row) : '',
            census && !isPresent(row) ? residencePlaceWords(row) : addressOf(row),
            awayWords(row),
            fieldOf(row, 'away_reason'),
            '',
          ],
        },
      ]
    }),
}

const UNREGISTERED_TERMS: ReadonlySet<string> = new Set(['birth-not-registered', 'pocket-hukou'].map(termOf))

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

export const INFLOW: TableSpec = {
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
            hukouPlaceWords(row),
            awayWords(row),
            fieldOf(row, 'away_reason'),
            away === undefined ? '未找到' : `外出登记于${blockWords(away)}`,
            '',
          ],
        }
      }),
}
