/**
 * The gate in front of every export: to whom, for what, under which authorisation, and which findings may pass.
 *
 * Census answers may not become a ground for acts of other offices (普查条例 art. 33). So an export addressed outside the
 * census office holds only findings of `adm` lineage (provable without a census row), and no census row stands on it.
 * In: an order and findings. Out: the findings that pass and how many were held back. Masking is src/report/mask.ts.
 */
import { BiduiError, EXIT } from '../errors.ts'

export const ADDRESSEES = ['census', 'police', 'health'] as const
export type Addressee = (typeof ADDRESSEES)[number]

export const ADDRESSEE_ZH: Readonly<Record<Addressee, string>> = {
  census: '人口普查办公室',
  police: '公安派出所',
  health: '卫生健康部门',
}

export const EXPORT_NOTICE = '仅供普查核查使用，不得对外提供'
const REGISTER_NOTICE = '本件仅含行政记录之间的比对结果，不含普查登记内容'

export interface ExportOrder {
  readonly addressee: Addressee
  readonly purpose: string
  readonly authorisation: string
}

export interface GatedFinding {
  readonly code: string
  readonly lineage: string
  /** `register:record_id` */
  readonly records: readonly string[]
}

/** Refuses an export that cannot say for what and under which authorisation it is made. */
export function completeExportOrder(given: {
  readonly addressee?: string
  readonly purpose?: string
  readonly authorisation?: string
}): ExportOrder {
  const addressee = given.addressee ?? 'census'
  if (!isAddressee(addressee))
    throw new BiduiError('E401', EXIT.usage, `--for ${addressee}: 不认识的接收方 (unknown addressee).`, {
      advice: `请写其中之一 · give one of ${ADDRESSEES.join(', ')}.`,
    })
  const purpose = (given.purpose ?? '').trim()
  const authorisation = (given.authorisation ?? '').trim()
  const missing = [
    purpose === '' ? '--purpose (用途)' : '',
    authorisation === '' ? '--authorisation (授权编号)' : '',
  ].filter((text) => text !== '')
  if (missing.length > 0)
    throw new BiduiError('E401', EXIT.usage, `导出须写明用途和授权编号: 缺 ${missing.join('、')} · missing.`, {
      advice:
        '请在此或在 `bidui run` 时给出，每张表上都要写 · give them here or with `bidui run`; they stand on every sheet.',
    })
  return { addressee, purpose, authorisation }
}

function isAddressee(text: string): text is Addressee {
  return (ADDRESSEES as readonly string[]).includes(text)
}

/** May this finding leave to this addressee? */
export function admitsFinding(order: ExportOrder, finding: GatedFinding): boolean {
  if (order.addressee === 'census') return true
  // `adm` is the claim; the records are the proof: a finding that names a census row does not leave, whatever it claims.
  if (finding.lineage !== 'adm' || finding.records.some(isCensusRecord)) return false
  // Health offices get what concerns their own certificates, nothing else (minimum necessary, 个保法 art. 6).
  return order.addressee === 'police' || finding.records.some((key) => /^(births|deaths):/.test(key))
}

/** May this row be shown to this addressee, as evidence beside a finding? */
export function admitsRecord(order: ExportOrder, recordKey: string): boolean {
  return order.addressee === 'census' || !isCensusRecord(recordKey)
}

function isCensusRecord(recordKey: string): boolean {
  return recordKey.startsWith('census:') || recordKey.startsWith('census_deaths:')
}

/** The line that stands on each sheet and page. */
export function noticeOf(order: ExportOrder): string {
  const notice = order.addressee === 'census' ? EXPORT_NOTICE : `${REGISTER_NOTICE}；${EXPORT_NOTICE}`
  return `用途：${order.purpose}　授权编号：${order.authorisation}　接收：${ADDRESSEE_ZH[order.addressee]}　${notice}`
}
