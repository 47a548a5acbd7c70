/**
 * What people decided, by row of tonight: found by record id or by content, in the version of the police row that is in force.
 *
 * In:  the record table, decided and marked pairs by record keys. Out: a judgement, or a mark, for every pair both of whose rows are
 *      there; of several on one pair of rows (judged under last night's ids and again under tonight's) the one of tonight's data,
 *      then the newest. A mark (入户, 暂缓, 上报, a conflict that waits) says nothing to the linkage: the desk keeps the pair aside.
 */
import type { Judgement } from '../linking/judged.ts'
import type { RecordTable } from '../records/record-table.ts'
import { findRows } from './rows-by-content.ts'

/** Said of a pair without answering it. */
export type Mark = 'field' | 'defer' | 'escalate' | 'conflict'

/** A decided pair, by record keys `register:record_id`. */
interface KeyedJudgement<V extends string = 'same' | 'different'> {
  readonly left: string
  readonly right: string
  readonly verdict: V
  /** Fingerprints of the rows when they were judged; another one now means 数据已变化. */
  readonly fpLeft?: string
  readonly fpRight?: string
  /** Number of the event: the later of two is the greater. */
  readonly seq?: number
  /** Run on which it was judged: one row may have had another id on each. */
  readonly run?: string
}

export type KeyedDecision = KeyedJudgement<'same' | 'different' | Mark>

/** A decided pair, by row. */
export interface RowJudgement<V extends string = 'same' | 'different'> extends Omit<Judgement, 'verdict'> {
  readonly verdict: V
  /** Its record ids were given anew; it was found by what stands in the rows. */
  readonly isByContent?: boolean
  /** `left|right` as people judged it: the same pair may have other keys tonight. */
  readonly judgedAs?: string
}

export interface JudgedRows {
  readonly judgements: readonly RowJudgement[]
  readonly marks: readonly RowJudgement<Mark>[]
  /** Judgements that a later one on the same rows has taken the place of. */
  readonly superseded: number
  /** `left|right` of judgements whose rows are not there tonight, or are one row. */
  readonly lost: readonly string[]
  /** The same of marks. */
  readonly lostMarks: readonly string[]
}

function isMark(verdict: string): verdict is Mark {
  return verdict !== 'same' && verdict !== 'different'
}

/** @param decided in any order */
export function judgedRows(table: RecordTable, decided: readonly KeyedDecision[]): JudgedRows {
  if (decided.length === 0) return { judgements: [], marks: [], superseded: 0, lost: [], lostMarks: [] }
  const sidesOf = ({ left, right, fpLeft = '', fpRight = '', run = '' }: KeyedDecision) =>
    [
      { key: left, print: fpLeft, run },
      { key: right, print: fpRight, run },
    ] as const
  const find = findRows(table, decided.flatMap(sidesOf))
  const byRows = new Map<string, Said>()
  const lost: string[] = []
  const lostMarks: string[] = []
  let superseded = 0
  for (const { seq = 0, ...keyed } of decided) {
    const [a, b] = sidesOf(keyed).map(find)
    if (a === undefined || b === undefined || a.row === b.row) {
      ;(isMark(keyed.verdict) ? lostMarks : lost).push(`${keyed.left}|${keyed.right}`)
      continue
    }
    const judgement: Said['judgement'] = {
      left: Math.min(a.row, b.row),
      right: Math.max(a.row, b.row),
      verdict: keyed.verdict,
      isStale: a.hasChanged || b.hasChanged,
      isByContent: a.isByContent || b.isByContent,
      judgedAs: `${keyed.left}|${keyed.right}`,
    }
    const name = `${judgement.left} ${judgement.right}`
    const other = byRows.get(name)
    const isTaken = other === undefined || outranks({ judgement, seq }, other)
    const loser = isTaken ? other?.judgement : judgement
    if (loser !== undefined && !isMark(loser.verdict)) superseded++
    if (isTaken) byRows.set(name, { judgement, seq })
  }
  const judgements: RowJudgement[] = []
  const marks: RowJudgement<Mark>[] = []
  for (const { judgement } of byRows.values()) {
    const { verdict } = judgement
    if (isMark(verdict)) marks.push({ ...judgement, verdict })
    else judgements.push({ ...judgement, verdict })
  }
  return { judgements, marks, superseded, lost, lostMarks }
}

interface Said {
  readonly judgement: RowJudgement<KeyedDecision['verdict']>
  readonly seq: number
}

function outranks(one: Said, other: Said): boolean {
  if (one.judgement.isStale !== other.judgement.isStale) return other.judgement.isStale === true
  return one.seq > other.seq
}
