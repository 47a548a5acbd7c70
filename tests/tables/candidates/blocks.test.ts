/** Blocks split by further keys beside the same told pair by pair. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockRule, type RuleBlocks } from '../../../src/tables/candidates/blocks.ts'
import type { BlockingKey } from '../../../src/tables/candidates/keys.ts'

const ROWS = 60
const MOST = 4
const numbers = (most: number) => fc.array(fc.integer({ min: -1, max: most }), { minLength: ROWS, maxLength: ROWS })

function keyOf(place: number, lists: readonly number[][]): BlockingKey {
  return { name: `key ${place}`, fields: [place], slots: lists.map((list) => Int32Array.from(list)), isWhole: true }
}

/** Rows by block, a block split as long as it is too large and a key is left; what stays much too large is left out. */
function judged(lists: readonly number[][], splits: readonly number[][]): { blocks: string[][]; leftOut: number } {
  let blocks = new Map<string, [row: number, slot: number][]>()
  const put = (into: typeof blocks, name: string, entry: [number, number]) =>
    into.set(name, [...(into.get(name) ?? []), entry])
  lists.forEach((list, slot) => list.forEach((key, row) => key >= 0 && put(blocks, `${key}`, [row, slot])))
  for (const split of splits) {
    const next: typeof blocks = new Map()
    for (const [name, entries] of blocks)
      for (const entry of entries)
        if (entries.length <= MOST) put(next, name, entry)
        else if (split[entry[0]] >= 0) put(next, `${name} ${split[entry[0]]}`, entry)
    blocks = next
  }
  const all = [...blocks.values()].filter(({ length }) => length > 1)
  const isOut = ({ length }: { length: number }) => length > 2 * MOST
  return {
    blocks: all.filter((entries) => !isOut(entries)).map((entries) => entries.map(([row]) => `${row}`).sort()),
    leftOut: all.filter(isOut).reduce((sum, { length }) => sum + length, 0),
  }
}

function membersIn({ start, members }: RuleBlocks): string[][] {
  const blocks = Array.from({ length: start.length - 1 }, (_, block) =>
    members.subarray(start[block], start[block + 1]),
  )
  for (const rows of blocks) expect([...rows]).toEqual([...rows].sort((a, b) => a - b))
  return blocks.filter(({ length }) => length > 1).map((rows) => Array.from(rows, String).sort())
}

const inOrder = (blocks: string[][]) => blocks.map((rows) => rows.join(' ')).sort()

test.each([1, 2])(
  'blocks of a key of %i slots, split by two further keys, hold what they would pair by pair',
  (slots) => {
    let split = 0
    let left = 0
    fc.assert(
      fc.property(
        fc.array(numbers(5), { minLength: slots, maxLength: slots }),
        numbers(1),
        numbers(2),
        fc.constantFrom(ROWS, 25),
        (lists, first, second, leftCount) => {
          const splitKeys = [keyOf(1, [first]), keyOf(2, [second])]
          const rule = { name: 'rule', keys: [keyOf(0, lists)] }
          const blocks = blockRule(rule, { rowCount: ROWS, leftCount, rowsPerBlockMax: MOST, splitKeys })
          const wanted = judged(lists, [first, second])
          expect(inOrder(membersIn(blocks))).toEqual(inOrder(wanted.blocks))
          expect(blocks.rowsLeftOut).toBe(wanted.leftOut)
          const pairs = wanted.blocks.reduce((sum, rows) => {
            const ofLeft = rows.filter((row) => Number(row) < leftCount).length
            return sum + (leftCount < ROWS ? ofLeft * (rows.length - ofLeft) : (rows.length * (rows.length - 1)) / 2)
          }, 0)
          expect(blocks.pairs).toBe(pairs)
          for (const [slot, block] of blocks.slots.flatMap((each) => [...each].map((b, row) => [row, b] as const)))
            if (block >= 0)
              expect(blocks.members.subarray(blocks.start[block], blocks.start[block + 1])).toContain(slot)
          split += blocks.blocksSplit
          left += blocks.rowsLeftOut
        },
      ),
      { numRuns: 200, seed: 5 },
    )
    expect(split).toBeGreaterThan(100)
    if (slots === 2) expect(left).toBeGreaterThan(20)
  },
)
