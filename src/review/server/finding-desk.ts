/**
 * Findings as a queue: 属实, 不属实, 待入户, 已补登, 已删除, 已更正, 无法核实.
 *
 * In:  the findings of the run (S1 to S3), what was said of them. Out: the next ones, heaviest first, area by area.
 * A finding is known by its finding_id, which is the same in every run for the same fact on the same records.
 */
import { FINDING_TABLE, type FindingCode } from '../../findings/table.ts'
import { maskNumbersInText } from '../../report/mask.ts'
import type { Counts, FieldId, FindingView } from '../api.ts'
import { type FindingVerdict, noteDigest } from '../decisions/index.ts'
import { fieldTexts } from './compare-view.ts'
import { isInAreas } from './assignment.ts'
import { cleanNote, type Desk, type Person } from './desk.ts'
import { Refusal } from './refusal.ts'

const AHEAD = 4

export class FindingDesk {
  private readonly desk: Desk
  private readonly rows
  private readonly at: ReadonlyMap<string, number>
  private cursor = 0
  /** How many of each area are open: a person sees what remains of their own. */
  private readonly open = new Map<string, number>()

  constructor(desk: Desk) {
    this.desk = desk
    this.rows = desk.run.findings()
    this.at = new Map(this.rows.map((row, at) => [row.findingId, at]))
    for (const { findingId, area } of this.rows) if (this.isOpen(findingId)) this.count(area, 1)
  }

  remaining(person: Person): number {
    let open = 0
    for (const [area, count] of this.open) if (isInAreas(area, person)) open += count
    return open
  }

  next(
    person: Person,
    have: readonly string[],
  ): { readonly findings: readonly FindingView[]; readonly counts: Counts } {
    const held = new Set(have)
    while (this.cursor < this.rows.length && !this.isOpen(this.rows[this.cursor].findingId)) this.cursor++
    const findings: FindingView[] = []
    for (let at = this.cursor; at < this.rows.length && held.size < AHEAD; at++) {
      const { findingId, area } = this.rows[at]
      if (held.has(findingId) || !this.isOpen(findingId) || !isInAreas(area, person)) continue
      if (!this.desk.leases.take(`finding ${findingId}`, person.name, this.desk.clock())) continue
      held.add(findingId)
      findings.push(this.view(findingId))
    }
    return { findings, counts: { ...this.desk.counts(person), findings: this.remaining(person) } }
  }

  decide(
    person: Person,
    have: readonly string[],
    request: {
      readonly ck: string
      readonly findingId: string
      readonly verdict: FindingVerdict
      readonly note?: string
      readonly ms: number
    },
  ) {
    const row = this.rows[this.at.get(request.findingId) ?? -1]
    if (row === undefined) throw new Refusal(404, 'no-such-finding')
    if (!isInAreas(row.area, person)) throw new Refusal(403, 'area')
    const holder = this.desk.leases.holder(`finding ${row.findingId}`, this.desk.clock())
    if (holder !== undefined && holder !== person.name) throw new Refusal(409, 'taken')
    const isRepeat = this.desk.log.eventsOfClientKey(request.ck).length > 0
    if (!isRepeat && !this.isOpen(row.findingId)) throw new Refusal(409, 'decided')
    const note = cleanNote(request.note)
    const { events } = this.desk.append(
      [
        {
          ...this.desk.who(person),
          ev: 'finding',
          obj: row.findingId,
          verdict: request.verdict,
          ms: Math.max(0, Math.min(3_600_000, Math.round(request.ms))),
          ck: request.ck,
          batch: request.ck,
          ...(note === undefined ? {} : { note: noteDigest(note) }),
        },
      ],
      note,
    )
    if (!isRepeat) {
      this.count(row.area, -1)
      this.desk.leases.release(`finding ${row.findingId}`)
    }
    return { saved: events[0].seq, ...this.next(person, have) }
  }

  /** After an undo: the finding is open again, and so may be places before the cursor. */
  reopened(findingId: string): FindingView | undefined {
    const at = this.at.get(findingId)
    if (at === undefined) return undefined
    this.count(this.rows[at].area, 1)
    this.cursor = Math.min(this.cursor, at)
    return this.view(findingId)
  }

  private count(area: string, step: 1 | -1): void {
    this.open.set(area, (this.open.get(area) ?? 0) + step)
  }

  private isOpen(findingId: string): boolean {
    return (this.desk.projection.findings.get(findingId)?.entries.length ?? 0) === 0
  }

  private view(findingId: string): FindingView {
    const row = this.rows[this.at.get(findingId) ?? 0]
    const entry = FINDING_TABLE[row.code as FindingCode]
    return {
      findingId,
      code: row.code,
      zh: entry?.zh ?? row.code,
      severity: row.severity,
      certainty: row.certainty,
      detail: maskNumbersInText(row.detail),
      action: entry?.action ?? '',
      means: entry?.means ?? '',
      areaCode: row.area,
      records: this.desk.run.findingRecords(findingId).map((record) => ({
        key: record.key,
        register: record.register,
        fields: fieldTexts(record).map(({ id, text }): readonly [FieldId, string] => [id, text]),
      })),
    }
  }
}
