/**
 * One person told: rows, what each adds to the count, the findings and why. The data behind `bidui person`.
 *
 * In:  table, people, a person number, findings. Out: a plain value; names and numbers of the rows are left to the
 * caller, which knows who may see them.
 */
import { formatDate } from '../normalise/date.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, CENSUS_DEATHS, DEATHS, POLICE, REGISTERS, type RegisterName } from '../registers/columns.ts'
import { ATTACHMENT, type People } from '../linking/people.ts'
import { contributionOfRow, reasonOfContribution } from './count.ts'
import type { Finding, FindingList } from './finding-list.ts'
import { FINDING_TABLE, type FindingEntry } from './table.ts'
import { DURATION_WORDS, HUKOU_PLACE_WORDS, RESIDENCE_WORDS } from './words.ts'

interface DescribedRow {
  readonly row: number
  /** register:record_id */
  readonly key: string
  readonly register: RegisterName
  readonly areaCode: string
  /** What the row says of presence, status or event, in Chinese. */
  readonly says: string
  /** 0 or 1; only census rows count. */
  readonly contribution: number
  readonly why: string
  readonly attachment: 'alone' | 'probable' | 'certain'
}

interface DescribedFinding extends Finding {
  readonly detail: string
  /** Its place in the list of findings. */
  readonly index: number
  readonly entry: FindingEntry
}

export interface DescribedPerson {
  readonly person: number
  readonly rows: readonly DescribedRow[]
  /** How often the person is counted among the usual residents; a right registration gives 1 over the country. */
  readonly count: number
  readonly findings: readonly DescribedFinding[]
}

const STATUS_WORDS = ['正常', '死亡', '迁出', '服兵役', '出国(境)定居', '', '', '删除', '注销', '其他']
const ATTACHMENT_NAMES = Object.keys(ATTACHMENT) as ('alone' | 'probable' | 'certain')[]

export function describePerson(
  table: RecordTable,
  people: People,
  person: number,
  findings: FindingList,
): DescribedPerson {
  const rows: DescribedRow[] = []
  for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++)
    rows.push(describeRow(table, people, people.rows[k]))
  const own: DescribedFinding[] = []
  for (let i = 0; i < findings.count; i++) {
    if (!findings.concerns(i, person)) continue
    const finding = findings.at(i)
    own.push({ ...finding, index: i, detail: finding.detail, entry: FINDING_TABLE[finding.code] })
  }
  return { person, rows, count: rows.reduce((sum, row) => sum + row.contribution, 0), findings: own }
}

function describeRow(table: RecordTable, people: People, row: number): DescribedRow {
  const { residence, hukouPlace, awayDuration, area, hukouArea } = table.columns
  const register = table.registerOf(row)
  const answers = { residence: residence[row], hukouPlace: hukouPlace[row], awayDuration: awayDuration[row] }
  return {
    row,
    key: `${REGISTERS[register]}:${table.recordId(row)}`,
    register: REGISTERS[register],
    areaCode: table.areaText(area[row] || hukouArea[row]),
    says: sayRow(table, row, register),
    contribution: contributionOfRow(table, row),
    why: register === CENSUS ? reasonOfContribution(answers) : '不参与计数',
    attachment: ATTACHMENT_NAMES.find((name) => ATTACHMENT[name] === people.attachment[row]) ?? 'alone',
  }
}

function sayRow(table: RecordTable, row: number, register: number): string {
  const c = table.columns
  if (register === POLICE) {
    const version =
      c.recordFlag[row] !== 1 ? '旧版本' : c.reversalFlag[row] !== 0 ? '已冲销' : STATUS_WORDS[c.status[row]]
    const dates = [
      ['迁入', c.movedIn[row]],
      ['迁出', c.movedOut[row]],
      ['死亡', c.death[row]],
      ['注销', c.cancelled[row]],
    ] as const
    const told = dates.filter(([, date]) => date !== 0).map(([word, date]) => `${word}${formatDate(date)}`)
    return [version, ...told].join('，')
  }
  if (register === CENSUS) {
    const duration = DURATION_WORDS[c.awayDuration[row]]
    // 离开半年至一年, but 没有离开 as it is.
    const away = duration === DURATION_WORDS[1] ? duration : `离开${duration}`
    return c.residence[row] === 1
      ? `现住，户口${HUKOU_PLACE_WORDS[c.hukouPlace[row]]}，${away}`
      : `外出到${RESIDENCE_WORDS[c.residence[row]]}，${away}`
  }
  if (register === CENSUS_DEATHS || register === DEATHS) return `死亡${formatDate(c.death[row]) || '日期不明'}`
  return `出生${formatDate(c.birth[row]) || '日期不明'}`
}
