/**
 * What people decided, by row of tonight: found by record id or by content, in the version of the police row that is in force.
 *
 * In:  the record table, decided pairs by record keys. Out: a judgement for every pair both of whose rows are there; of several on
 *      one pair of rows (judged under last night's ids and again under tonight's) the one of tonight's data, then the newest.
 */
import type { Judgement } from '../linking/link-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { findRows } from './rows-by-content.ts'

/** A decided pair, by record keys `register:record_id`. */
export interface KeyedJudgement {
  readonly left: string
  readonly right: string
  readonly verdict: 'same' | 'different'
  /** Fingerprints of the rows when they were judged; another one now means 数据已变化. */
  readonly fpLeft?: string
  readonly fpRight?: string
  /** Number of the event: the later of two is the greater. */
  readonly seq?: number
}

/** A decided pair, by row. */
export interface RowJudgement extends Judgement {
  /** Its record ids were given anew; it was found by what stands in the rows. */
  readonly isByContent?: boolean
  /** `left|right` as people judged it: the same pair may have other keys tonight. */
  readonly judgedAs?: string
}

export interface JudgedRows {
  readonly judgements: readonly RowJudgement[]
  /** Judgements that a later one on the same rows has taken the place of. */
  readonly superseded: number
  /** `left|right` of judgements whose rows are not there tonight, or are one row. */
  readonly lost: readonly string[]
}

export function judgedRows(table: RecordTable, decided: readonly KeyedJudgement[]): JudgedRows {
  if (decided.length === 0) return { judgements: [], superseded: 0, lost: [] }
  const sidesOf = ({ left, right, fpLeft = '', fpRight = '' }: KeyedJudgement) =>
    [
      { key: left, print: fpLeft },
      { key: right, print: fpRight },
    ] as const
  const find = findRows(table, decided.flatMap(sidesOf))
  const byRows = new Map<string, { readonly judgement: RowJudgement; readonly seq: number }>()
  const lost: string[] = []
  let superseded = 0
  for (const { seq = 0, ...keyed } of decided) {
    const [a, b] = sidesOf(keyed).map(find)
    if (a === undefined || b === undefined || a.row === b.row) {
      lost.push(`${keyed.left}|${keyed.right}`)
      continue
    }
    const judgement: RowJudgement = {
      left: Math.min(a.row, b.row),
      right: Math.max(a.row, b.row),
      verdict: keyed.verdict,
      isStale: a.hasChanged || b.hasChanged,
      isByContent: a.isByContent || b.isByContent,
      judgedAs: `${keyed.left}|${keyed.right}`,
    }
    const name = `${judgement.left} ${judgement.right}`
    const other = byRows.get(name)
    if (other !== undefined) superseded++
    if (other === undefined || outranks({ judgement, seq }, other)) byRows.set(name, { judgement, seq })
  }
  return { judgements: [...byRows.values()].map(({ judgement }) => judgement), superseded, lost }
}

interface Said {
  readonly judgement: RowJudgement
  readonly seq: number
}

function outranks(one: Said, other: Said): boolean {
  if (one.judgement.isStale !== other.judgement.isStale) return other.judgement.isStale === true
  return one.seq > other.seq
}
