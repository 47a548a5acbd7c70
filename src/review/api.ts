/**
 * What goes over the wire between server and page: plain values, already masked to the level of the view.
 * Words that depend on the language are sent as codes; the page's catalogues say them. Types only.
 */
import type { Choices } from './queue/filter.ts'
import type { FindingVerdict, Role, Verdict } from './decisions/event.ts'

/** A run of characters, and whether it differs from the other side. */
export type Segment = readonly [text: string, differs: 0 | 1]

export type FieldId =
  | 'id'
  | 'name'
  | 'formerName'
  | 'sex'
  | 'birth'
  | 'relation'
  | 'ethnicity'
  | 'parents'
  | 'address'
  | 'place'
  | 'household'
  | 'status'

/** same, differ, near (same sound or shape), missing on a side, info (not comparable between registers). */
export type FieldKind = 'same' | 'differ' | 'near' | 'missing' | 'info'

export interface FieldView {
  readonly id: FieldId
  readonly left: readonly Segment[]
  readonly right: readonly Segment[]
  /** = ≠2 ⇄ ~ ∅ 15→18 */
  readonly sign: string
  readonly kind: FieldKind
  /** Check digit of each number: true right, false wrong, undefined not a whole number. */
  readonly checks?: readonly [boolean | null, boolean | null]
}

export interface EvidenceView {
  readonly comparison: string
  readonly zh: string
  readonly en: string
  readonly sentenceZh: string
  /** −5 strongly against … 5 strongly for: steps only, no weight stands in a task. */
  readonly strength: number
}

export interface WeightsView {
  readonly pairId: string
  /** milli-bits; prior + rows = total exactly. */
  readonly prior: number
  readonly rows: readonly { readonly comparison: string; readonly zh: string; readonly weight: number }[]
  readonly total: number
  readonly probability: number
}

export interface MemberView {
  readonly key: string
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly relation: string
}

export type MemberState = 'focal' | 'linked' | 'open' | 'decided' | 'alone'

export interface MemberRow {
  readonly left?: MemberView
  readonly right?: MemberView
  readonly state: MemberState
  readonly pairId?: string
  /** Name, sex and birth agree and nobody else claims either row: confirmed together by one key. */
  readonly isTrivial?: boolean
}

export interface HouseholdView {
  readonly leftMembers: number
  readonly rightMembers: number
  readonly rows: readonly MemberRow[]
  /** Both rows stand in one household: there is nothing to align. */
  readonly isOne: boolean
  readonly linked: number
}

interface StaleView {
  readonly verdict: Verdict
  readonly t: string
  readonly actor: string
}

export interface CandidateView {
  readonly pairId: string
  readonly leftKey: string
  readonly rightKey: string
  readonly leftRegister: string
  readonly rightRegister: string
  readonly fields: readonly FieldView[]
  readonly counts: { readonly same: number; readonly differ: number; readonly missing: number }
  /** The field that differs most in meaning. */
  readonly mainField?: FieldId
  readonly evidence: readonly EvidenceView[]
  readonly household: HouseholdView
  /** Given when the pair was decided before and its data changed since. */
  readonly stale?: StaleView
  /** A verdict already standing on this candidate (of this reviewer or deduced). */
  readonly standing?: 'same' | 'different'
  readonly findings: readonly string[]
}

/** Why this task comes now. */
interface WhyView {
  readonly reason: string
  readonly impact: number
  readonly candidates: number
  readonly isStale: boolean
}

export interface TaskView {
  readonly taskId: string
  readonly kind: 'first' | 'household' | 'adjudicate' | 'batch'
  readonly mode: 'pair' | 'duplicate'
  readonly areaCode: string
  /** As the addresses name it; '' where they do not agree. */
  readonly village: string
  readonly block: string
  readonly householdNo: string
  readonly why: WhyView
  readonly candidates: readonly CandidateView[]
  /** Adjudication: the two verdicts, without names, in an order that tells nothing. */
  readonly verdicts?: readonly { readonly verdict: Verdict; readonly reason: string; readonly note: string }[]
}

/** What there is to choose from in a queue, and the words of its kinds where the page has none. */
export interface QueueChoices extends Choices {
  readonly words: Readonly<Record<string, string>>
}

export interface Counts {
  readonly today: number
  readonly remaining: number
  readonly hours: number | null
  readonly seconds: number
  readonly conflicts: number
  /** Of what remains: judged before, of other data. */
  readonly changed: number
  readonly findings: number
  /** Another run, or none, lies where the one on the desk was opened. */
  readonly isRunReplaced: boolean
}

export interface SessionView {
  readonly user: string
  readonly role: Role
  readonly run: string
  readonly rights: readonly string[]
  /** Nine-digit code → name of a township, where the addresses of its rows give one. */
  readonly townships: Readonly<Record<string, string>>
  readonly idleMs: number
  /** Keys within this time of the paint count for nothing. */
  readonly minDwellMs: number
}

export interface DecideRequest {
  readonly ck: string
  readonly taskId: string
  readonly pairId: string
  readonly verdict: Verdict
  readonly reason?: string
  readonly note?: string
  readonly ms: number
}

export interface NextResponse {
  readonly tasks: readonly TaskView[]
  readonly counts: Counts
}

/** What a code, a password or a kept token opens: null where a password is wanted first. */
export interface Entrance {
  readonly session: SessionView | null
  /** The task to begin with, for those who may judge. */
  readonly first: NextResponse | null
}

export interface Affected {
  /** How many people of the linkage, and rows of theirs, the verdict joins or keeps apart. */
  readonly people: number
  readonly records: number
  readonly findings: readonly { readonly code: string; readonly zh: string }[]
}

export interface DecideResponse extends NextResponse {
  readonly saved: number
  /** Other pairs whose verdict followed. */
  readonly derived: number
  /** Tasks that are finished: drop them if they were sent ahead. */
  readonly closed: readonly string[]
  /** Findings and people that rest on the rows decided: they are made anew. */
  readonly affected: Affected
}

export interface FindingChange {
  readonly code: string
  readonly zh: string
  readonly gone: number
  readonly made: number
}

/** Counts of the run before and of the run after. */
export interface RerunChanges {
  readonly people: readonly [before: number, after: number]
  readonly pairs: readonly [before: number, after: number]
  readonly findings: readonly FindingChange[]
}

export interface RerunStatus {
  readonly state: 'idle' | 'running' | 'done' | 'failed'
  /** Pairs that people decided; how many of them the run on the desk does not know of yet. */
  readonly decided: number
  readonly waiting: number
  readonly name?: string
  readonly seconds?: number
  readonly changes?: RerunChanges
  readonly error?: string
}

export interface HistoryEntry {
  readonly batch: string
  readonly t: string
  readonly verdict: Verdict | FindingVerdict
  /** 3 is 入户核查 of a pair, and 待入户 of a finding. */
  readonly of: 'pair' | 'finding'
  readonly label: string
  readonly pairs: number
}

export interface RecordLine {
  readonly key: string
  readonly register: string
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly place: string
  readonly person: string
}

export interface FindingView {
  readonly findingId: string
  readonly code: string
  readonly zh: string
  readonly severity: string
  readonly certainty: string
  readonly detail: string
  readonly action: string
  /** The same in English. */
  readonly advice: string
  /** What the code says, in Chinese. */
  readonly means: string
  /** The same in English. */
  readonly meaning: string
  readonly areaCode: string
  /** As the addresses name it; '' where they do not agree. */
  readonly village: string
  /** Registers of whose rows in this township tonight's files lack many or all: who is missing here may be missing from a file. */
  readonly lacking?: readonly string[]
  /** An earlier verdict, given when the finding said something else or its rows did. */
  readonly stale?: { readonly verdict: FindingVerdict; readonly t: string }
  readonly records: readonly {
    readonly register: string
    readonly key: string
    readonly fields: readonly (readonly [FieldId, string])[]
  }[]
}
