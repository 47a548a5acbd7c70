/**
 * One row of a 问题清单 for one finding: what is shown to the person who goes to the door, and in whose sheet it stands.
 *
 * In:  a finding, its records, and for whom the list is made. Out: the shown cells (mask level L2) and the sheet.
 * Only what the question needs is shown, never both registers' full rows. Layout is issue-sheets.ts, I/O is the command.
 */
import type { ExportOrder } from '../export-gate.ts'
import { admitsRecord } from '../export-gate.ts'
import { maskNumbersInText } from '../mask.ts'
import { printableText } from '../workbook/cell-text.ts'
import type { Evidence, Verdict } from './questions.ts'
import { questionOf, termOf } from './questions.ts'
import {
  ITEMS,
  addressOf,
  birthDigits,
  birthOf,
  fieldOf,
  householdWords,
  isEffective,
  isHead,
  itemWords,
  maskedIdOf,
  nameOf,
  placeWords,
  sexOf,
} from './record-words.ts'
import type { RunFinding, RunSource } from './run-source.ts'
import type { RunRecord } from '../../store/run-record.ts'

/** Columns shown, in the order in which 校验列 covers them. */
export const SHOWN_COLUMNS = [
  '问题类型',
  '户编号',
  '地址',
  '姓名',
  '性别',
  '证件号',
  '户籍所载',
  '普查所载',
  '需核实事项',
] as const

export interface IssueRow {
  readonly findingId: string
  readonly code: string
  readonly severity: string
  /** Nine digits, or as many as are known. */
  readonly township: string
  /** 15-digit block, or the village and 未分小区. */
  readonly sheet: string
  readonly householdNo: string
  /** Cells of SHOWN_COLUMNS. */
  readonly shown: readonly string[]
  /** What the review desk said of it already. */
  readonly judged?: DeskVerdict
}

/** A verdict of the desk in the words of the lists. */
export interface DeskVerdict {
  readonly verdict: Verdict
  /** 2026-11-24 */
  readonly day: string
}

/** Stands in 备注 beside the verdict, so that it is not taken for the field's own answer when the list comes back. */
export function deskNote({ verdict, day }: DeskVerdict): string {
  return `审核台 ${day} ${verdict}`
}

/** Whether a row says what the desk said and nothing else: with another verdict beside the note it is the field's answer. */
export function isAsDeskSent(note: string, verdict: string): boolean {
  const sent = /^审核台 \d{4}-\d{2}-\d{2}(?: (.+))?$/u.exec(note)
  // Lists of earlier versions gave only the day, and closed cases were not on them.
  return sent !== null && (sent[1] === undefined ? ['属实', '无法核实'].includes(verdict) : sent[1] === verdict)
}

const LINES_MAX = 4
const NAMES_MAX = 3

export function issueRowOf(source: RunSource, finding: RunFinding, order: ExportOrder): IssueRow {
  const records = source.recordsOfFinding(finding.findingId).filter((record) => admitsRecord(order, record.key))
  const question = questionOf(finding.code)
  const administrative = records.filter((record) => !isCensus(record))
  const census = records.filter(isCensus)
  const outside = order.addressee !== 'census'
  const home = records.find((record) => record.areaCode === finding.areaCode) ?? records[0]
  return {
    findingId: finding.findingId,
    code: finding.code,
    severity: finding.severity,
    township: finding.areaCode.slice(0, 9),
    sheet: sheetOf(source, finding, records, outside),
    householdNo: home === undefined ? '' : fieldOf(home, 'household_no'),
    shown: [
      termOf(finding.code) + (finding.certainty === 'certain' ? '' : '（链接待确认）'),
      home === undefined ? '' : printableText(fieldOf(home, 'household_no')),
      records.map(addressOf).find((address) => address !== '') ?? '',
      namesOf(records),
      [...new Set(records.map(sexOf).filter((sex) => sex !== ''))].slice(0, 2).join('／'),
      distinct(records.map(maskedIdOf)).slice(0, NAMES_MAX).join('\n'),
      evidenceOf(
        administrative.length > 0 || outside ? administrative : hukouOf(source, finding, records),
        records,
        question.evidence,
        parentsOf(records),
      ),
      outside ? '' : evidenceOf(census, records, question.evidence, ''),
      `${maskNumbersInDetail(finding.detail)}\n${question.ask}`,
    ],
  }
}

/** The sheet is the 普查小区 where the work falls; a register row finds its block through the household's other members. */
function sheetOf(source: RunSource, finding: RunFinding, records: readonly RunRecord[], outside: boolean): string {
  const village = finding.areaCode.slice(0, 12)
  const unallocated = village === '' ? '地区不明' : `${village}未分小区`
  // A block is a census matter: lists for other offices go by village.
  if (outside) return village === '' ? '地区不明' : village
  const blocks = records.filter((record) => record.block.length === 15 && record.areaCode === finding.areaCode)
  if (blocks.length > 0) return blocks[0].block
  const counts = new Map<string, number>()
  for (const household of new Set(records.map((record) => record.householdKey)))
    for (const block of source.censusBlocksOfHousehold(household))
      if (block.startsWith(village) && block.length === 15) counts.set(block, (counts.get(block) ?? 0) + 1)
  const best = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]
  return best === undefined ? unallocated : best[0]
}

function isCensus(record: RunRecord): boolean {
  return record.register === 'census' || record.register === 'census_deaths'
}

function namesOf(records: readonly RunRecord[]): string {
  const heads = records.filter(isHead)
  const names = distinct([...heads, ...records].map(nameOf))
  const people = new Set(records.map((record) => record.personId)).size
  return names.slice(0, NAMES_MAX).join('／') + (people > NAMES_MAX ? ` 等${people}人` : '')
}

function evidenceOf(
  rows: readonly RunRecord[],
  all: readonly RunRecord[],
  evidence: Evidence,
  parents: string,
): string {
  const lines = rows.map((record) => {
    switch (evidence) {
      case 'place':
        return placeWords(record)
      case 'items':
        return `${householdWords(record)}：${itemWords(record, differingItems(all))}`
      case 'own-items':
        return itemWords(record, OWN_ITEMS)
    }
  })
  if (parents !== '') lines.push(parents)
  const shown = distinct(lines)
  if (shown.length <= LINES_MAX) return shown.join('\n')
  return [...shown.slice(0, LINES_MAX - 1), `…共${shown.length}条`].join('\n')
}

const OWN_ITEMS: ReadonlySet<string> = new Set(['姓名', '性别', '出生', '证件号'])

/** A finding on census rows of one person: what the household register says of him helps at the door. */
function hukouOf(source: RunSource, finding: RunFinding, records: readonly RunRecord[]): RunRecord[] {
  if (new Set(records.map((record) => record.personId)).size !== 1) return []
  return source
    .recordsOfPerson(finding.personId)
    .filter((record) => record.register === 'police' && isEffective(record))
}

/** Items on which the rows do not all say the same; a number's hidden tail may differ, so numbers always stand there. */
function differingItems(rows: readonly RunRecord[]): ReadonlySet<string> {
  const differing = new Set(['证件号'])
  for (const { zh, of } of ITEMS) {
    const values = new Set(rows.map((row) => (zh === '出生' ? birthDigits(row).slice(0, 6) : of(row))))
    if (values.size > 1) differing.add(zh)
  }
  if (differing.size === 1) differing.add('姓名').add('出生')
  return differing
}

/**
 * A newborn is found through its mother. But where the child already stands in a household register, the certificate's
 * mother is not shown: in an adoption that would tell the birth mother to the field.
 */
function parentsOf(records: readonly RunRecord[]): string {
  if (records.some((record) => record.register === 'police' || record.register === 'census')) return ''
  const certificate = records.find((record) => record.register === 'births')
  if (certificate === undefined) return ''
  const parts = [`出生 ${birthOf(certificate)}`]
  for (const [label, column] of [
    ['母亲', 'mother_name'],
    ['父亲', 'father_name'],
  ]) {
    const name = maskNumbersInText(printableText(fieldOf(certificate, column)))
    if (name !== '') parts.push(`${label} ${name}`)
  }
  return parts.join('，')
}

/** Sentences name 15-digit blocks; only longer runs can be somebody's number. */
function maskNumbersInDetail(detail: string): string {
  return printableText(detail).replace(
    /\d{16,20}[Xx]?|\d{17}[Xx]/g,
    (run) => `${run.slice(0, 6)}${'*'.repeat(run.length - 6)}`,
  )
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ''))]
}
