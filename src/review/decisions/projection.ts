/**
 * State is what the events say: a fold over them, nothing stored besides.
 *
 * In:  events in order (at start all decisive ones, later each as it is acknowledged). Out: for every pair and finding
 *      what was said of it, by whom, of which data; for every person what they did and how long it took.
 * Pure: no database, no clock. Leaves to queue/: who is asked what next.
 */
import type { DecisionEvent, EventKind, FindingVerdict, Verdict } from './event.ts'
import { signOf, type ThresholdSign } from './signed-threshold.ts'

/** One thing said of a pair that nobody has taken back. */
export interface Entry {
  readonly seq: number
  readonly t: string
  readonly kind: EventKind
  readonly actor: string
  readonly verdict: Verdict
  readonly fpA: string
  readonly fpB: string
  /** Run whose rows were shown; '' where it is not known. */
  readonly run: string
  readonly reason: string
  readonly note: string
  readonly ms: number
  readonly batch: string
  /** How many verdicts the person had given before this one. */
  readonly ordinal: number
}

export interface PairState {
  readonly pairId: string
  readonly left: string
  readonly right: string
  entries: readonly Entry[]
}

export interface FindingState {
  readonly findingId: string
  entries: readonly {
    readonly seq: number
    readonly t: string
    readonly actor: string
    readonly verdict: FindingVerdict
    /** Of what the finding said and the rows it named; '' in files of earlier versions. */
    readonly print: string
    /** Of the same without record keys, to find it again where ids are given anew; '' where it is not unambiguous. */
    readonly content: string
    readonly note: string
    readonly batch: string
  }[]
}

/** What stands of a pair after everything said of it. */
export interface Standing {
  readonly status: 'open' | 'decided' | 'agreed' | 'conflict' | 'adjudicated' | 'deferred' | 'escalated' | 'field'
  readonly verdict: Verdict | undefined
  /** The entry that decides: ruling, else the first verdict. */
  readonly entry: Entry | undefined
  readonly second: Entry | undefined
}

const OPEN: Standing = { status: 'open', verdict: undefined, entry: undefined, second: undefined }
/** Verdicts that put a pair aside rather than answer it. */
const WAITING: Readonly<Partial<Record<Verdict, Standing['status']>>> = {
  defer: 'deferred',
  escalate: 'escalated',
  field: 'field',
}
const DIRECT: ReadonlySet<EventKind> = new Set<EventKind>(['decide', 'link', 'split', 'sample'])

/** Rulings outrank second verdicts, verdicts outrank what was deduced; `reopen` forgets everything before it. */
export function standingOf(state: PairState | undefined): Standing {
  if (state === undefined) return OPEN
  let first: Entry | undefined
  let derived: Entry | undefined
  let second: Entry | undefined
  let ruling: Entry | undefined
  for (const entry of state.entries) {
    if (entry.kind === 'reopen') first = derived = second = ruling = undefined
    else if (entry.kind === 'derive') derived = entry
    else if (entry.kind === 'second') second = entry
    else if (entry.kind === 'adjudicate') ruling = entry
    else if (DIRECT.has(entry.kind)) {
      // A verdict after deferring or escalating replaces it; the second look was at the earlier one.
      first = entry
      second = ruling = undefined
    }
  }
  if (ruling !== undefined) return { status: 'adjudicated', verdict: ruling.verdict, entry: ruling, second }
  const main = first ?? derived
  if (main === undefined) return OPEN
  const waiting = WAITING[main.verdict]
  if (waiting !== undefined) return { status: waiting, verdict: main.verdict, entry: main, second: undefined }
  if (first === undefined) return { status: 'decided', verdict: main.verdict, entry: main, second: undefined }
  if (second === undefined) return { status: 'decided', verdict: first.verdict, entry: first, second }
  const status = second.verdict === first.verdict ? 'agreed' : 'conflict'
  return { status, verdict: first.verdict, entry: first, second }
}

/** What one person did; undone work is taken out again. */
export interface PersonRecord {
  decided: number
  readonly byDay: Map<string, number>
  /** The last times from paint to key, ms. */
  recentMs: number[]
  reveals: number
  /** Own batches that can be undone, oldest first. */
  batches: string[]
  /** Verdicts on gold pairs, in order: right or wrong. */
  checks: boolean[]
}

const RECENT_MS_KEPT = 50

export class Projection {
  readonly pairs = new Map<string, PairState>()
  readonly findings = new Map<string, FindingState>()
  readonly people = new Map<string, PersonRecord>()
  /** Pairs whose answer is known from the field. */
  readonly gold = new Map<string, Verdict>()
  /** Gold pairs somebody has judged: `actor pairId`. */
  readonly checked = new Set<string>()
  /** What judged pairs of the control sample were when they were drawn: `accepted:exact`. No verdict, so undo leaves it. */
  readonly controls = new Map<string, string>()
  /** What the lead signed last; undefined if nothing or if it was withdrawn. */
  threshold: ThresholdSign | undefined
  /** What each live batch wrote, for undo. */
  private readonly batches = new Map<string, { actor: string; pairs: string[]; findings: string[]; kind: EventKind }>()

  static of(events: Iterable<DecisionEvent>): Projection {
    const projection = new Projection()
    for (const event of events) projection.apply(event)
    return projection
  }

  standing(pairId: string): Standing {
    return standingOf(this.pairs.get(pairId))
  }

  person(name: string): PersonRecord {
    let person = this.people.get(name)
    if (person === undefined) {
      person = { decided: 0, byDay: new Map(), recentMs: [], reveals: 0, batches: [], checks: [] }
      this.people.set(name, person)
    }
    return person
  }

  /** The pairs and findings that a live batch wrote. */
  batch(
    id: string,
  ): { readonly actor: string; readonly pairs: readonly string[]; readonly findings: readonly string[] } | undefined {
    return this.batches.get(id)
  }

  apply(event: DecisionEvent): void {
    const { ev, obj } = event
    switch (ev) {
      case 'decide':
      case 'derive':
      case 'second':
      case 'adjudicate':
      case 'sample':
      case 'link':
      case 'split':
      case 'reopen':
        if (obj !== undefined) this.addEntry(event, obj)
        return
      case 'finding':
        if (obj !== undefined) this.addFinding(event, obj)
        return
      case 'gold':
        if (obj !== undefined && event.verdict !== undefined) this.gold.set(obj, event.verdict as Verdict)
        return
      case 'control':
        if (obj !== undefined && event.reason !== undefined) this.controls.set(obj, event.reason)
        return
      case 'threshold':
        this.threshold = signOf(event)
        return
      case 'check':
        if (obj !== undefined) this.addCheck(event, obj)
        return
      case 'undo':
        if (event.batch !== undefined) this.undo(event.batch)
        return
      case 'reveal':
        this.person(event.actor).reveals++
        return
      default:
        return
    }
  }

  private addEntry(event: DecisionEvent, pairId: string): void {
    const entry: Entry = {
      seq: event.seq,
      t: event.t,
      kind: event.ev,
      actor: event.actor,
      verdict: (event.verdict ?? 'defer') as Verdict,
      fpA: event.fpA ?? '',
      fpB: event.fpB ?? '',
      run: event.run ?? '',
      reason: event.reason ?? '',
      note: event.note ?? '',
      ms: event.ms ?? 0,
      batch: event.batch ?? String(event.seq),
      ordinal: this.person(event.actor).decided,
    }
    const state = this.pairs.get(pairId)
    if (state === undefined)
      this.pairs.set(pairId, { pairId, left: event.left ?? '', right: event.right ?? '', entries: [entry] })
    else state.entries = [...state.entries, entry]
    this.noteBatch(event, entry.batch, pairId, undefined)
    if (event.ev === 'derive' || event.ev === 'reopen') return
    this.countWork(event)
  }

  private addFinding(event: DecisionEvent, findingId: string): void {
    const batch = event.batch ?? String(event.seq)
    const entry = {
      seq: event.seq,
      t: event.t,
      actor: event.actor,
      verdict: event.verdict as FindingVerdict,
      print: event.fpA ?? '',
      content: event.fpB ?? '',
      note: event.note ?? '',
      batch,
    }
    const state = this.findings.get(findingId)
    if (state === undefined) this.findings.set(findingId, { findingId, entries: [entry] })
    else state.entries = [...state.entries, entry]
    this.noteBatch(event, batch, undefined, findingId)
    this.countWork(event)
  }

  private addCheck(event: DecisionEvent, pairId: string): void {
    const person = this.person(event.actor)
    person.checks.push(this.gold.get(pairId) === event.verdict)
    this.checked.add(`${event.actor} ${pairId}`)
    this.countWork(event)
  }

  private countWork(event: DecisionEvent): void {
    const person = this.person(event.actor)
    person.decided++
    const day = event.t.slice(0, 10)
    person.byDay.set(day, (person.byDay.get(day) ?? 0) + 1)
    if (event.ms !== undefined && event.ms > 0) {
      person.recentMs.push(event.ms)
      if (person.recentMs.length > RECENT_MS_KEPT) person.recentMs.shift()
    }
  }

  private noteBatch(event: DecisionEvent, id: string, pairId: string | undefined, findingId: string | undefined): void {
    let batch = this.batches.get(id)
    if (batch === undefined) {
      batch = { actor: event.actor, pairs: [], findings: [], kind: event.ev }
      this.batches.set(id, batch)
      this.person(event.actor).batches.push(id)
    }
    if (pairId !== undefined) batch.pairs.push(pairId)
    if (findingId !== undefined) batch.findings.push(findingId)
  }

  private undo(id: string): void {
    const batch = this.batches.get(id)
    if (batch === undefined) return
    this.batches.delete(id)
    const person = this.person(batch.actor)
    const uncount = (t: string) => {
      person.decided--
      const day = t.slice(0, 10)
      person.byDay.set(day, (person.byDay.get(day) ?? 1) - 1)
    }
    for (const pairId of batch.pairs) {
      const state = this.pairs.get(pairId)
      if (state === undefined) continue
      for (const entry of state.entries)
        if (entry.batch === id && entry.kind !== 'derive' && entry.kind !== 'reopen') uncount(entry.t)
      state.entries = state.entries.filter((entry) => entry.batch !== id)
    }
    for (const findingId of batch.findings) {
      const state = this.findings.get(findingId)
      if (state === undefined) continue
      for (const entry of state.entries) if (entry.batch === id) uncount(entry.t)
      state.entries = state.entries.filter((entry) => entry.batch !== id)
    }
    const at = person.batches.lastIndexOf(id)
    if (at >= 0) person.batches.splice(at, 1)
  }
}
