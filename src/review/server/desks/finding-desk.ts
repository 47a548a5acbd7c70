/**
 * Findings as a queue: 属实, 不属实, 待入户, 已补登, 已删除, 已更正, 无法核实.
 *
 * In:  the findings of the run (S1 to S3), what was said of them. Out: the next ones, heaviest first, area by area.
 * A finding is known by its finding_id, which is the same in every run for the same fact on the same records; where its words or
 * its rows have changed since it was judged it is open again, with the old verdict beside it. Where record ids were given anew a verdict
 * is found by content (decisions/carried-findings.ts).
 */
import { FINDING_TABLE, type FindingCode } from '../../../findings/table.ts'
import { maskNumbersInText } from '../../../report/mask.ts'
import type { Counts, FieldId, FindingView, QueueChoices } from '../../api.ts'
import {
  backFill,
  type CarriedFindings,
  carryFindings,
  type FindingVerdict,
  findingVerdictsOf,
  type JudgedContents,
  noteDigest,
  verdictOn,
} from '../../decisions/index.ts'
import { countChoices, NO_FILTER, passes, type QueueFilter, type Sortable } from '../../queue/filter.ts'
import type { FindingRow } from '../../run-reader.ts'
import { isInAreas } from './assignment.ts'
import { fieldTexts } from '../views/compare-view.ts'
import { cleanNote, type Desk, type Person } from './desk.ts'
import { Refusal } from '../refusal.ts'

const AHEAD = 4

interface Cell {
  readonly area: string
  readonly sortable: Sortable
  count: number
}

export class FindingDesk {
  private readonly desk: Desk
  private readonly rows
  private readonly at: ReadonlyMap<string, number>
  /** Verdicts on findings whose record ids were given anew. */
  private readonly carried: CarriedFindings
  private readonly known: JudgedContents
  /** Township → registers that lack rows there beside last night's files. */
  private readonly lacking = new Map<string, string[]>()
  private cursor = 0
  private readonly open = new Set<string>()
  /** Open again: judged before, of other data. */
  private readonly changed = new Set<string>()
  /** How many are open of each code and area, apart what was judged before: looked at once each, however long the queue. */
  private readonly cells = new Map<string, Cell>()

  constructor(desk: Desk) {
    this.desk = desk
    this.rows = desk.run.findings()
    this.at = new Map(this.rows.map((row, at) => [row.findingId, at]))
    this.known = desk.run.judgedContents()
    for (const { register, township } of desk.run.lastNight()?.losses ?? [])
      if (township !== '') this.lacking.set(township, [...(this.lacking.get(township) ?? []), register])
    const verdicts = [...findingVerdictsOf(desk.projection).values()].map((one) => backFill(one, this.known))
    this.carried = carryFindings(verdicts, {
      printOf: (findingId) => desk.run.findingPrint(findingId),
      idsByContent: () => desk.run.findingsByContent(),
    })
    for (const row of this.rows) this.settle(row)
  }

  remaining(person: Person): number {
    let open = 0
    for (const { area, count } of this.cells.values()) if (isInAreas(area, person)) open += count
    return open
  }

  /** What a person can choose from, and how much there is of each. */
  choices(person: Person, filter: QueueFilter): QueueChoices {
    const own = [...this.cells.values()].filter(({ area }) => isInAreas(area, person))
    const choices = countChoices(
      own.map(({ sortable, count }) => [sortable, count]),
      filter,
    )
    const words = choices.kinds.map(({ value }) => [value, FINDING_TABLE[value as FindingCode]?.zh ?? value])
    return { ...choices, words: Object.fromEntries(words) as Record<string, string> }
  }

  next(
    person: Person,
    have: readonly string[],
    filter: QueueFilter = NO_FILTER,
  ): { readonly findings: readonly FindingView[]; readonly counts: Counts } {
    const held = new Set(have)
    while (this.cursor < this.rows.length && !this.open.has(this.rows[this.cursor].findingId)) this.cursor++
    const findings: FindingView[] = []
    for (let at = this.cursor; at < this.rows.length && held.size < AHEAD; at++) {
      const row = this.rows[at]
      const { findingId } = row
      if (held.has(findingId) || !this.open.has(findingId) || !isInAreas(row.area, person)) continue
      if (!passes(this.sortable(row), filter)) continue
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
      readonly filter?: QueueFilter | undefined
    },
  ) {
    const row = this.rows[this.at.get(request.findingId) ?? -1]
    if (row === undefined) throw new Refusal(404, 'no-such-finding')
    if (!isInAreas(row.area, person)) throw new Refusal(403, 'area')
    const holder = this.desk.leases.holder(`finding ${row.findingId}`, this.desk.clock())
    if (holder !== undefined && holder !== person.name) throw new Refusal(409, 'taken')
    const isRepeat = this.desk.log.eventsOfClientKey(request.ck).length > 0
    if (!isRepeat && !this.open.has(row.findingId)) throw new Refusal(409, 'decided')
    const note = cleanNote(request.note)
    const { events } = this.desk.append(
      [
        {
          ...this.desk.who(person),
          ev: 'finding',
          obj: row.findingId,
          fpA: this.desk.run.findingPrint(row.findingId),
          ...contentOf(this.desk.run.findingContent(row.findingId)),
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
      this.settle(row)
      this.desk.leases.release(`finding ${row.findingId}`)
    }
    return { saved: events[0].seq, ...this.next(person, have, request.filter) }
  }

  /** After an undo: the finding is open again, and so may be places before the cursor. */
  reopened(findingId: string): FindingView | undefined {
    const shown = this.carried.to.get(findingId) ?? findingId
    const at = this.at.get(shown)
    if (at === undefined) return undefined
    this.settle(this.rows[at])
    this.cursor = Math.min(this.cursor, at)
    return this.view(shown)
  }

  /** Takes a finding among the open ones, or out, by what was said of it. */
  private settle(row: FindingRow): void {
    const { findingId } = row
    if (this.open.has(findingId)) this.cellOf(row).count--
    const said = this.said(findingId)
    const isChanged = said?.isChanged === true
    if (isChanged) this.changed.add(findingId)
    else this.changed.delete(findingId)
    if (isChanged || said === undefined) {
      this.open.add(findingId)
      this.cellOf(row).count++
    } else this.open.delete(findingId)
  }

  private cellOf(row: FindingRow): Cell {
    const { code, severity, area, findingId } = row
    const key = `${code} ${severity} ${area} ${this.changed.has(findingId) ? 1 : 0}`
    let cell = this.cells.get(key)
    if (cell === undefined) this.cells.set(key, (cell = { area, sortable: this.sortable(row), count: 0 }))
    return cell
  }

  private sortable({ findingId, code, severity, area }: FindingRow): Sortable {
    return { kind: code, severity, township: area.slice(0, 9), changed: this.changed.has(findingId) }
  }

  /** The last verdict that is about this finding, and whether it was on other data. */
  private said(findingId: string) {
    const entryOf = (id: string) => {
      const entry = this.desk.projection.findings.get(id)?.entries.at(-1)
      return entry === undefined ? undefined : backFill({ ...entry, findingId: id }, this.known)
    }
    return verdictOn(findingId, entryOf, this.carried, (id) => this.desk.run.findingPrint(id))
  }

  /** The last verdict where it was on other data: the finding is asked about again. */
  private stale(findingId: string): FindingView['stale'] {
    const said = this.said(findingId)
    return said?.isChanged === true ? { verdict: said.verdict.verdict, t: said.verdict.t } : undefined
  }

  private view(findingId: string): FindingView {
    const row = this.rows[this.at.get(findingId) ?? 0]
    const entry = FINDING_TABLE[row.code as FindingCode]
    const stale = this.stale(findingId)
    const lacking = this.lacking.get(row.area.slice(0, 9))
    return {
      findingId,
      code: row.code,
      zh: entry?.zh ?? row.code,
      severity: row.severity,
      certainty: row.certainty,
      detail: maskNumbersInText(row.detail),
      action: entry?.action ?? '',
      advice: entry?.advice ?? '',
      means: entry?.means ?? '',
      meaning: entry?.meaning ?? '',
      areaCode: row.area,
      village: this.desk.run.villageName(row.area),
      ...(stale === undefined ? {} : { stale }),
      ...(lacking === undefined ? {} : { lacking }),
      records: this.desk.run.findingRecords(findingId).map((record) => ({
        key: record.key,
        register: record.register,
        fields: fieldTexts(record).map(({ id, text }): readonly [FieldId, string] => [id, text]),
      })),
    }
  }
}

function contentOf(content: string): { readonly fpB?: string } {
  return content === '' ? {} : { fpB: content }
}
