/** Blocks made ahead, by threads that guess what is asked for next, beside blocks made when they are asked for. */
import { expect, test } from 'vitest'
import { type BlockingRule, blockRule, type RuleBlocks } from '../../src/tables/candidates/blocks.ts'
import type { RuleChoice, RuleToBlock } from '../../src/tables/candidates/rules.ts'
import { chooseWith } from '../../src/tables/run-in-workers.ts'
import type { Task } from '../../src/workers/task.ts'

const ROWS = 30
const options = { rowCount: ROWS, leftCount: ROWS, rowsPerBlockMax: 100, splitKeys: [] }

/** Rows that agree when they leave the same rest. */
const rules = [2, 3, 5, 7].map((divisor): BlockingRule => {
  const slots = [Int32Array.from({ length: ROWS }, (_, row) => row % divisor)]
  return { name: `by ${divisor}`, keys: [{ name: `by ${divisor}`, fields: [0], slots, isWhole: true }] }
})

function poolOf(size: number) {
  const made: string[][] = []
  const share = (tasks: readonly Task[]) => {
    const wanted = tasks.map(({ message }) => message as RuleToBlock)
    made.push(wanted.map(({ rule }) => rule.name))
    return Promise.resolve(wanted.map((each) => blockRule(each.rule, each.options)))
  }
  return { size, share, made }
}

/** Asks for all rules in turn, whatever comes; tells what it was given. */
function* askForAll(likelyNext: (asked: number, most: number) => readonly BlockingRule[]): RuleChoice<RuleBlocks[]> {
  const given: RuleBlocks[] = []
  for (const [k, rule] of rules.entries())
    given.push(yield { rule, options, likelyNext: (most) => likelyNext(k, most).slice(0, most) })
  return given
}

test.each<[string, (asked: number) => readonly BlockingRule[]]>([
  ['right', (k) => rules.slice(k + 1)],
  ['wrong', (k) => rules.slice(0, k)],
  ['right, but late', (k) => rules.slice(k + 2)],
  ['the rule that is asked for', (k) => [rules[k]]],
  ['nothing', () => []],
])('a choice is given the blocks it asks for where the guess is %s', async (_, likelyNext) => {
  const wanted = rules.map((rule) => blockRule(rule, options))
  for (const size of [1, 2, 3]) expect(await chooseWith(askForAll(likelyNext), poolOf(size))).toEqual(wanted)
})

test('where the guess is right two threads make two rules at a time', async () => {
  const pool = poolOf(2)
  await chooseWith(
    askForAll((k) => rules.slice(k + 1)),
    pool,
  )
  expect(pool.made).toEqual([
    ['by 2', 'by 3'],
    ['by 5', 'by 7'],
  ])
})
