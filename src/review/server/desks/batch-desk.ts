/**
 * Batch accept (批量确认): a group of pairs with the same comparison pattern is accepted after a random sample of it was
 * judged `same` without exception; one other verdict dissolves the group into the queue.
 *
 * In:  the open pairs and their patterns. Out: groups, a sample to judge, events. Never offered: pairs without two
 *      linked members in both households, two valid and different numbers, ages under 1 or over 100, suspected twins.
 */
import { birthOf } from '../../../report/lists/record-words.ts'
import type { TaskView } from '../../api.ts'
import type { EventDraft } from '../../decisions/index.ts'
import { compareText } from '../../../text-order.ts'
import { DEFAULT_BOUND, drawSample, zeroDefectSampleSize } from '../../queue/sampling.ts'
import type { QueuePair } from '../../queue/tasks.ts'
import type { Desk, Person } from './desk.ts'
import { Refusal } from '../refusal.ts'

export interface BatchGroup {
  readonly pattern: string
  readonly size: number
  readonly sample: number
  readonly example: readonly { readonly comparison: string; readonly sentenceZh: string; readonly en: string }[]
}

interface OpenBatch {
  readonly id: string
  readonly pattern: string
  readonly bound: number
  readonly pairs: readonly QueuePair[]
  readonly sample: readonly QueuePair[]
  readonly judged: Set<string>
}

/** Groups smaller than this are quicker done one by one. */
const GROUP_MIN = 20
/** describe.ts: two valid numbers. */
const ID_BOTH_VALID = 9
const LINKED_MIN = 2

export class BatchDesk {
  private readonly desk: Desk
  private patterns: ReadonlyMap<string, string> | undefined
  private readonly dissolved: Set<string>
  private readonly open = new Map<string, OpenBatch>()
  /** Batches that ended because the run changed under them. */
  private readonly closed: Set<string>
  private readonly linkedMembers = new Map<string, number>()
  /** By pair: what a run says of it stays, and thousands are asked about each time a lead opens the page. */
  private readonly offered = new Map<string, boolean>()
  private readonly referenceYear: number

  /** @param earlier the batches of the run before, when the desk has gone over to another one */
  constructor(desk: Desk, earlier?: BatchDesk) {
    this.desk = desk
    this.referenceYear = Number((desk.run.setting('reference_date') || '2020').slice(0, 4))
    this.dissolved = new Set(earlier?.dissolved)
    this.closed = new Set(earlier?.closed)
    for (const batch of earlier?.open.values() ?? []) this.carry(batch)
  }

  groups(bound = DEFAULT_BOUND): readonly BatchGroup[] {
    const groups: BatchGroup[] = []
    for (const [pattern, pairs] of this.openGroups()) {
      if (pairs.length < GROUP_MIN || this.dissolved.has(pattern)) continue
      const rows = this.desk.run.explanation(pairs[0].pairId)?.rows ?? []
      groups.push({
        pattern,
        size: pairs.length,
        sample: zeroDefectSampleSize(pairs.length, bound),
        example: rows.map((row) => ({ comparison: row.comparison, sentenceZh: row.sentence, en: row.en })),
      })
    }
    return groups.sort((a, b) => b.size - a.size || compareText(a.pattern, b.pattern))
  }

  draw(
    pattern: string,
    bound: number,
  ): { readonly batch: string; readonly size: number; readonly sample: number; readonly tasks: readonly TaskView[] } {
    if (!(bound >= 0.001 && bound <= 0.05)) throw new Refusal(400, 'bound')
    const pairs = this.openGroups().get(pattern)
    if (pairs === undefined || this.dissolved.has(pattern)) throw new Refusal(404, 'no-such-group')
    const id = this.desk.newBatch()
    const sample = drawSample(pairs, zeroDefectSampleSize(pairs.length, bound), id)
    this.open.set(id, { id, pattern, bound, pairs, sample, judged: new Set() })
    return { batch: id, size: pairs.length, sample: sample.length, tasks: this.tasks(id, []) }
  }

  tasks(id: string, have: readonly string[]): readonly TaskView[] {
    const batch = this.batch(id)
    return batch.sample
      .filter((pair) => !batch.judged.has(pair.pairId) && !have.includes(this.desk.taskOf(pair.pairId).taskId))
      .slice(0, 4)
      .map((pair) => this.desk.view(this.desk.taskOf(pair.pairId), [pair], 'batch'))
  }

  /** One verdict on the sample. Anything but `same` dissolves the group. */
  judge(
    person: Person,
    id: string,
    request: {
      readonly ck: string
      readonly pairId: string
      readonly verdict: 'same' | 'different' | 'defer'
      readonly ms: number
    },
    have: readonly string[],
  ) {
    const batch = this.batch(id)
    const pair = this.desk.pair(request.pairId)
    if (!batch.sample.includes(pair)) throw new Refusal(404, 'not-in-sample')
    if (batch.judged.has(pair.pairId)) {
      // Judged in another tab: only the same request, sent again, is answered.
      if (this.desk.log.eventsOfClientKey(request.ck).length === 0) throw new Refusal(409, 'decided')
    } else {
      this.desk.append([
        { ...this.desk.draft(person, pair, request), ev: 'sample', reason: `batch ${batch.bound} ${id.slice(0, 8)}` },
      ])
      batch.judged.add(pair.pairId)
    }
    if (request.verdict !== 'same') {
      this.dissolved.add(batch.pattern)
      this.open.delete(id)
      return { dissolved: true, left: 0, tasks: [] }
    }
    return { dissolved: false, left: batch.sample.length - batch.judged.size, tasks: this.tasks(id, have) }
  }

  /** One event per pair with the batch's id: undone together. */
  accept(person: Person, id: string): { readonly accepted: number; readonly batch: string } {
    // The answer to the first request was lost on its way.
    const earlier = this.desk.log.eventsOfClientKey(id).filter(({ ev }) => ev === 'decide')
    if (earlier.length > 0) return { accepted: earlier.length, batch: id }
    const batch = this.batch(id)
    if (batch.judged.size < batch.sample.length) throw new Refusal(409, 'sample-incomplete')
    const drafts: EventDraft[] = []
    for (const pair of batch.pairs) {
      if (!this.desk.state.isOpen(pair)) continue
      const base = this.desk.draft(person, pair, { ck: id, pairId: pair.pairId, verdict: 'same', ms: 0 })
      drafts.push({ ...base, reason: `batch ${batch.bound}` })
    }
    this.open.delete(id)
    if (drafts.length === 0) return { accepted: 0, batch: id }
    this.desk.append(drafts)
    return { accepted: drafts.length, batch: id }
  }

  /**
   * An open batch goes on in the new run if all of its sample that is not judged yet is still a candidate of the same
   * pattern. What was drawn then still is a random sample of what is left of the group, and no smaller than that needs.
   * A sampled pair that is gone might have been the defect: such a batch ends, and its group is drawn anew.
   */
  private carry(batch: OpenBatch): void {
    const { pairById } = this.desk.state
    this.patterns ??= this.readPatterns()
    const { patterns } = this
    const staying = (pair: QueuePair): readonly QueuePair[] => {
      const now = patterns.get(pair.pairId) === batch.pattern ? pairById.get(pair.pairId) : undefined
      return now === undefined ? [] : [now]
    }
    const sample = batch.sample.flatMap((pair) => (batch.judged.has(pair.pairId) ? [pair] : staying(pair)))
    if (sample.length < batch.sample.length) this.closed.add(batch.id)
    else this.open.set(batch.id, { ...batch, pairs: batch.pairs.flatMap(staying), sample })
  }

  private batch(id: string): OpenBatch {
    const batch = this.open.get(id)
    if (this.closed.has(id)) throw new Refusal(409, 'batch-closed')
    if (batch === undefined) throw new Refusal(404, 'no-such-batch')
    return batch
  }

  private openGroups(): ReadonlyMap<string, QueuePair[]> {
    this.patterns ??= this.readPatterns()
    const groups = new Map<string, QueuePair[]>()
    for (const [pairId, pattern] of this.patterns) {
      const pair = this.desk.pair(pairId)
      if (!this.desk.state.isOpen(pair) || this.desk.taskOf(pairId).pairs.length !== 1) continue
      if (!this.isOffered(pair)) continue
      const group = groups.get(pattern)
      if (group === undefined) groups.set(pattern, [pair])
      else group.push(pair)
    }
    return groups
  }

  private readPatterns(): ReadonlyMap<string, string> {
    const patterns = new Map<string, string>()
    for (const { pairId, levels } of this.desk.run.patterns()) {
      if (levels.get('id') === ID_BOTH_VALID) continue
      patterns.set(pairId, [...levels].map(([comparison, level]) => `${comparison}:${level}`).join(' '))
    }
    return patterns
  }

  private isOffered(pair: QueuePair): boolean {
    let offered = this.offered.get(pair.pairId)
    if (offered === undefined) {
      offered = this.mayBeOffered(pair)
      this.offered.set(pair.pairId, offered)
    }
    return offered
  }

  private mayBeOffered(pair: QueuePair): boolean {
    if (pair.reason === 'twin-suspect' || pair.leftHousehold === '' || pair.rightHousehold === '') return false
    if (this.linkedBetween(pair.leftHousehold, pair.rightHousehold) < LINKED_MIN) return false
    return [pair.left, pair.right].every((key) => {
      const record = this.desk.run.record(key)
      const year = record === undefined ? Number.NaN : Number(birthOf(record).slice(0, 4))
      return year < this.referenceYear - 1 && year >= this.referenceYear - 100
    })
  }

  private linkedBetween(a: string, b: string): number {
    const key = `${a} ${b}`
    let linked = this.linkedMembers.get(key)
    if (linked === undefined) {
      const people = new Set(this.desk.run.peopleIn(a))
      linked = this.desk.run.peopleIn(b).filter((person) => person !== '' && people.has(person)).length
      this.linkedMembers.set(key, linked)
    }
    return linked
  }
}
