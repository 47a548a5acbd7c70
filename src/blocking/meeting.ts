/**
 * By which blocking rules two rows met, and what kept the others from it: asked of one pair, after the run.
 *
 * In:  the table and two of its rows. Out: each rule as it was for them, as data. A normal run pays nothing: the keys of the
 * two rows are made anew, and only for rules under which they agree are those of all rows, since a large block is split
 * by how large it is (blocks.ts). What the layers of linking looked at is told by linking/results/layer-meeting.ts.
 */
import type { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'
import { WHOLE_BLOCK_ROWS_MAX, refineBuckets, refineOversizeBlocks, WINDOW_ROWS } from './blocks.ts'
import { computeKeys, KeyParts, partNumbers } from './keys.ts'
import { type BlockingRule, KEY_PARTS, type KeyPart } from './rules.ts'

/** How two rows stand to each other in one part of a key. */
export type PartState = 'same' | 'different' | 'left lacks it' | 'right lacks it' | 'both lack it'

export interface RuleMeeting {
  readonly rule: string
  /**
   * `met`: compared. `split`: one key, but its block was too large and further parts set them apart. `window`: one block that
   * nothing could split, too far apart in it. `apart`: no common key.
   */
  readonly outcome: 'met' | 'split' | 'window' | 'apart'
  /** The parts of the key; where a block was split, also those that it was split by. */
  readonly parts: readonly { readonly part: KeyPart; readonly words: string; readonly state: PartState }[]
}

/**
 * @param left @param right rows, in either order
 * @returns a meeting for each rule, in the order of the rules
 */
export function meetingOfRows(
  rules: readonly BlockingRule[],
  table: RecordTable,
  names: NameFeatures,
  left: number,
  right: number,
): readonly RuleMeeting[] {
  const parts = new KeyParts(table, names)
  const valuesOf = (row: number): Int32Array => {
    parts.read(row)
    return parts.values.slice()
  }
  const a = valuesOf(left)
  const b = valuesOf(right)
  const stateOf = (part: KeyPart): RuleMeeting['parts'][number] => {
    const [number] = partNumbers([part])
    return { part, words: KEY_PARTS[part], state: partState(a[number], b[number]) }
  }
  return rules.map((rule) => {
    const own = rule.parts.map(stateOf)
    if (own.some(({ state }) => state !== 'same')) return { rule: rule.name, outcome: 'apart', parts: own }
    const outcome = outcomeInBlocks(rule, parts, table.rows, left, right)
    const further = outcome === 'met' ? [] : rule.refineBy.map(stateOf)
    return { rule: rule.name, outcome, parts: [...own, ...further] }
  })
}

function partState(a: number, b: number): PartState {
  if (a === 0) return b === 0 ? 'both lack it' : 'left lacks it'
  if (b === 0) return 'right lacks it'
  return a === b ? 'same' : 'different'
}

/** What became of a common key in the blocks of the whole table. */
function outcomeInBlocks(
  rule: BlockingRule,
  parts: KeyParts,
  rows: number,
  left: number,
  right: number,
): 'met' | 'split' | 'window' {
  const keys = new Int32Array(rows)
  const ofRule = { words: keys, rows }
  computeKeys(parts, [partNumbers(rule.parts)], ofRule, 0, rows)
  refineOversizeBlocks(rule, 0, parts, ofRule, refineBuckets(rows))
  if (keys[left] !== keys[right]) return 'split'
  let size = 0
  let between = 0
  const [first, last] = left < right ? [left, right] : [right, left]
  for (let row = 0; row < rows; row++) {
    if (keys[row] !== keys[left]) continue
    size++
    if (row > first && row <= last) between++
  }
  return size > WHOLE_BLOCK_ROWS_MAX && between > WINDOW_ROWS ? 'window' : 'met'
}

/** The rules that were nearest to meeting the pair, `most` of them at most: fewest parts that kept them from it, most parts in common. */
export function nearestRules(meetings: readonly RuleMeeting[], most: number): readonly RuleMeeting[] {
  const common = ({ parts }: RuleMeeting): number => parts.filter(({ state }) => state === 'same').length
  // What neither row has could not have been had: further off than a slip in one of them.
  const missing = ({ parts }: RuleMeeting): number =>
    parts.reduce((n, { state }) => n + (state === 'same' ? 0 : state === 'both lack it' ? 2 : 1), 0)
  return meetings
    .filter(({ outcome }) => outcome === 'apart')
    .sort((a, b) => missing(a) - missing(b) || common(b) - common(a))
    .slice(0, most)
}
