/**
 * What the desk writes down: one event per thing a person did, and the chain of hashes that holds them together.
 *
 * In:  the fields of an event and the hash of the one before. Out: canonical JSON (keys in one order, nothing empty) and
 *      h = SHA-256(prev ‖ JSON). No names and no ID numbers stand in an event: records are known by `register:record_id`.
 * Leaves to decision-log.ts: where events are kept. Leaves to projection.ts: what they mean together.
 */
import { createHash } from 'node:crypto'

export const ROLES = ['reviewer', 'lead', 'operator', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** What a reviewer can say of a pair. */
export const VERDICTS = ['same', 'different', 'field', 'escalate', 'defer'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What can be said of a finding: 属实 不属实 待入户 已补登 已删除 已更正 无法核实. */
export const FINDING_VERDICTS = ['true', 'untrue', 'field', 'added', 'removed', 'corrected', 'unverifiable'] as const
export type FindingVerdict = (typeof FINDING_VERDICTS)[number]

/**
 * decide: a person's verdict on a pair. derive: follows from another decision (one-to-one, transitivity). second: the
 * double-blind second verdict. adjudicate: the lead's word on a conflict. gold: a pair whose answer is known from the
 * field. check: a verdict on a gold pair (measures the reviewer, changes nothing). sample: a verdict on a batch sample.
 * control: what a judged pair of the control sample was when it was drawn (reason: its kind). threshold: the lead's sign on
 * the threshold that follows from the sample. link, split: pairs the engine did not propose. undo: takes back the events of `batch`. reopen: a pair returns to the
 * queue by the lead's order.
 */
const DECISIVE_EVENTS = [
  'decide',
  'derive',
  'second',
  'adjudicate',
  'gold',
  'check',
  'sample',
  'control',
  'threshold',
  'link',
  'split',
  'finding',
  'undo',
  'reopen',
] as const

export const EVENTS = [
  ...DECISIVE_EVENTS,
  'reveal',
  'weights',
  'search',
  'lease',
  'login',
  'login-failed',
  'logout',
  'account',
  'report',
  'rerun',
  'verify',
] as const
export type EventKind = (typeof EVENTS)[number]

/** The events that state is rebuilt from; the others are only written down. */
export const DECISIVE: ReadonlySet<EventKind> = new Set<EventKind>(DECISIVE_EVENTS)

/** An event as it is handed to the log; number, time and hashes are the log's. */
export interface EventDraft {
  readonly actor: string
  readonly role: Role
  readonly ev: EventKind
  readonly sess?: string
  /** pair_id or finding_id. */
  readonly obj?: string
  readonly left?: string
  readonly right?: string
  readonly run?: string
  /** Fingerprints of the rows as they were shown. */
  readonly fpA?: string
  readonly fpB?: string
  readonly verdict?: Verdict | FindingVerdict
  readonly reason?: string
  /** Digest of the note; its text stands in a table of its own. */
  readonly note?: string
  /** Time from paint to key. */
  readonly ms?: number
  /** Mask level that was shown. */
  readonly level?: string
  /** Client key: the same request sent twice is one decision. */
  readonly ck?: string
  /** Events that were made together and are undone together. */
  readonly batch?: string
}

export interface DecisionEvent extends EventDraft {
  readonly seq: number
  /** 2026-11-24T08:00:00.000+08:00 */
  readonly t: string
}

/** Order of the keys in the canonical JSON, and of the columns in the database. */
export const EVENT_FIELDS = [
  'seq',
  't',
  'actor',
  'role',
  'sess',
  'ev',
  'obj',
  'left',
  'right',
  'run',
  'fpA',
  'fpB',
  'verdict',
  'reason',
  'note',
  'ms',
  'level',
  'ck',
  'batch',
] as const satisfies readonly (keyof DecisionEvent)[]

export const GENESIS: Buffer = Buffer.alloc(32)

/** The JSON of an event from its values in the order of EVENT_FIELDS, as a row of the database brings them. */
export function canonicalRow(values: readonly unknown[]): string {
  let json = ''
  for (let i = 0; i < EVENT_FIELDS.length; i++) {
    const value = values[i]
    if (value === undefined || value === null) continue
    json += `${json === '' ? '{' : ','}"${EVENT_FIELDS[i]}":${JSON.stringify(value)}`
  }
  return `${json}}`
}

export function hashEvent(previous: Buffer, json: string): Buffer {
  return createHash('sha256').update(previous).update(json, 'utf8').digest()
}

/** The count and the first 16 hex digits of the head: what is printed on the 日报. */
export function anchorText(count: number, head: Buffer): string {
  return `${count} ${head.toString('hex').slice(0, 16)}`
}
