import { expect, test } from 'vitest'
import { makeSoftware } from '../../bench/accuracy/tables/discs-and-films.ts'
import type { Blocks } from '../../src/tables/blocks.ts'
import type { Comparison } from '../../src/tables/comparisons.ts'
import { NOTHING_SHARED, runTables } from '../../src/tables/engine.ts'
import { tableFromRows } from '../../src/tables/index.ts'
import { doLinksStandOut } from '../../src/tables/own-partners.ts'
import { proposeSpec } from '../../src/tables/propose-spec.ts'
import { completeSpec } from '../../src/tables/spec.ts'
import { summaryOf } from '../../src/tables/write-result.ts'

const LEFT = 60
const ROWS = 140
const everybody: Blocks = {
  slots: [new Int32Array(ROWS)],
  start: Int32Array.of(0, ROWS),
  members: Int32Array.from({ length: ROWS }, (_, row) => row),
}

/** @param areAlike siblings, who weigh 5 bits; anybody else is out of the question */
function standOut(areAlike: (a: number, b: number) => boolean, across: readonly [number, number, number][]): boolean {
  const levelOf = (a: number, b: number) => (areAlike(a, b) ? 1 : 2)
  const comparison = {
    levels: ['missing', 'alike', 'differs'],
    levelOf,
    fillLevels: ({ left, right, count, levels }, place, width) => {
      for (let i = 0; i < count; i++) levels[i * width + place] = levelOf(left[i], right[i])
    },
  } as Pick<Comparison, 'levels' | 'levelOf' | 'fillLevels'> as Comparison
  const edges = { left: across.map(([a]) => a), right: across.map(([, b]) => b), weight: across.map(([, , w]) => w) }
  const weightOf = (a: number, b: number) => (areAlike(a, b) ? 5000 : -9000)
  return doLinksStandOut({ rowCount: ROWS, leftCount: LEFT }, [everybody], [comparison], edges, weightOf)
}
const siblings = (a: number, b: number) => a % 20 === b % 20
const siblingsAcross = Array.from({ length: LEFT }, (_, a): [number, number, number] => [a, LEFT + (a % 20), 5000])

test('siblings across two tables that are as alike at home are no links', () =>
  expect(standOut(siblings, siblingsAcross)).toBe(false))

test('some links that weigh more than anything at home are enough', () => {
  expect(standOut(siblings, [...siblingsAcross.slice(8), ...twins(8)])).toBe(true)
  // Of two nobody can say that they are not the likest of strangers.
  expect(standOut(siblings, [...siblingsAcross.slice(2), ...twins(2)])).toBe(false)
})

test('where nobody at home is alike, links of any weight stand out, and no link needs to', () => {
  expect(standOut(() => false, siblingsAcross)).toBe(true)
  expect(standOut(() => false, [])).toBe(true)
})

test('two shops that share no program get no links, and it is said why', () => {
  const made = makeSoftware(64, { programs: 250 })
  const ofLeft = new Set(made.left.map(({ cluster }) => cluster))
  const left = tableFromRows('left', made.left)
  const right = tableFromRows('right', made.right?.filter(({ cluster }) => !ofLeft.has(cluster)) ?? [])
  const said: string[] = []
  const { spec } = proposeSpec(left, right, 'cluster')
  const result = runTables(left, right, completeSpec(spec), { onPhase: (line) => said.push(line) })
  expect(result.links).toEqual([])
  expect(said).toContain(NOTHING_SHARED)
  expect(summaryOf(result, 1)).toMatchObject({ links: 0, warning: NOTHING_SHARED })
})

function twins(count: number): [number, number, number][] {
  return Array.from({ length: count }, (_, a) => [a, LEFT + 20 + a, 20_000])
}
