/**
 * The unit of work: one focal record (the census row where there is one) with up to five candidates, and its place in
 * the order of work.
 *
 * In:  pairs that linking left to people. Out: tasks in order of value = uncertainty × impact × cost of the error,
 *      ties by area so that one 小区's rows come together, then by key: the order of the pairs given never decides.
 * Pure. Leaves to assignment.ts: who gets which task when.
 */
import type { Reason } from '../../linking/pair-decisions.ts'
import type { ControlKind } from './control-sample.ts'
import { fractionOf } from './hash.ts'
import { compareText } from '../../text-order.ts'

export interface QueuePair {
  readonly pairId: string
  readonly left: string
  readonly right: string
  readonly probability: number
  readonly reason: string
  readonly area: string
  readonly impact: number
  /** Household of each side, '' if it has none. */
  readonly leftHousehold: string
  readonly rightHousehold: string
  /** The pair that people judged, where it has other record keys tonight: its data changed, and it waits again. */
  readonly judgedAs?: string
  /** The pair that people put aside (field, later, lead, conflict), where it has other record keys tonight: it stays aside. */
  readonly markedAs?: string
  /** A control pair whose verdict, given under other record keys, stands: the pair that was judged. */
  readonly decidedAs?: string
  /** What the engine made of a pair that is only looked at by chance; none if it waits for people. */
  readonly control?: ControlKind
}

type TaskMode = 'pair' | 'duplicate'

export interface Task {
  readonly taskId: string
  readonly mode: TaskMode
  /** The record the question is about. */
  readonly focal: string
  readonly household: string
  readonly area: string
  readonly reason: string
  readonly pairs: readonly QueuePair[]
  readonly priority: number
  /** Part of the random 5 % that estimates are made from. */
  readonly isControl: boolean
}

const CANDIDATES_MAX = 5
const CONTROL_SHARE = 0.05
/** Chance of the desk: the same in every run, so that a row stays in or out of the control sample. */
export const QUEUE_SEED = 'bidui-queue-1'

/** Double counts and missed people change the head count; other doubts change an attribute. */
const COST_BY_REASON: Readonly<Partial<Record<Reason, number>>> = {
  'two-numbers': 2,
  decided: 2,
  'second-row': 2,
  'twin-suspect': 1.5,
  ambiguous: 1.2,
}
const COST_OF_DUPLICATE = 2

export function buildTasks(pairs: readonly QueuePair[], seed: string): readonly Task[] {
  const byFocal = new Map<string, QueuePair[]>()
  const tasks: Task[] = []
  for (const pair of pairs) {
    if (pair.control !== undefined) {
      tasks.push(checkOf(pair))
      continue
    }
    const focal = focalOf(pair)
    const group = byFocal.get(focal)
    if (group === undefined) byFocal.set(focal, [pair])
    else group.push(pair)
  }
  for (const [focal, group] of byFocal) {
    group.sort((a, b) => b.probability - a.probability || compareText(a.pairId, b.pairId))
    for (let from = 0; from < group.length; from += CANDIDATES_MAX)
      tasks.push(taskOf(focal, group.slice(from, from + CANDIDATES_MAX), from, seed))
  }
  return tasks.sort(compareTasks)
}

/** Whether the questions about a record belong to the random 5 %. */
export function isControl(focal: string, seed: string): boolean {
  return fractionOf(focal, `${seed}/control`) < CONTROL_SHARE
}

function compareTasks(a: Task, b: Task): number {
  return b.priority - a.priority || compareText(a.area, b.area) || compareText(a.taskId, b.taskId)
}

/** The census row; between two registers without one, or two census rows, the right one. */
export function focalOf(pair: { readonly left: string; readonly right: string }): string {
  return registerOf(pair.left) === 'census' && registerOf(pair.right) !== 'census' ? pair.left : pair.right
}

export function otherOf(pair: { readonly left: string; readonly right: string }, record: string): string {
  return pair.left === record ? pair.right : pair.left
}

export function registerOf(recordKey: string): string {
  return recordKey.slice(0, Math.max(0, recordKey.indexOf(':')))
}

/** min(p, 1 − p) × persons whose link changes × cost of the error. */
export function valueOf(pair: QueuePair): number {
  const uncertainty = Math.min(pair.probability, 1 - pair.probability)
  const cost = isDuplicate(pair) ? COST_OF_DUPLICATE : (COST_BY_REASON[pair.reason as Reason] ?? 1)
  return Math.max(uncertainty, 0.001) * Math.max(1, pair.impact) * cost
}

function isDuplicate(pair: QueuePair): boolean {
  return registerOf(pair.left) === registerOf(pair.right)
}

function taskOf(focal: string, pairs: readonly QueuePair[], from: number, seed: string): Task {
  const best = pairs.reduce((most, pair) => (valueOf(pair) > valueOf(most) ? pair : most))
  const value = pairs.reduce((sum, pair) => sum + valueOf(pair), 0)
  return {
    taskId: from === 0 ? focal : `${focal}#${from / CANDIDATES_MAX + 1}`,
    mode: pairs.every(isDuplicate) ? 'duplicate' : 'pair',
    focal,
    household: best.left === focal ? best.leftHousehold : best.rightHousehold,
    area: best.area,
    reason: best.reason,
    pairs,
    // Four steps to an octave: within a step the area decides, so that neighbours stay together.
    priority: Math.round(Math.log2(value) * 4),
    isControl: isControl(focal, seed),
  }
}

/** One pair by itself, beside the questions that wait about its record. */
function checkOf(pair: QueuePair): Task {
  const task = taskOf(focalOf(pair), [pair], 0, '')
  return { ...task, taskId: `${pair.pairId}#0`, isControl: true }
}

/**
 * The control tasks spread evenly through the others: every twentieth task is one, in an order by chance, so that the
 * rates seen at any time are rates of the whole and not of the hardest.
 */
export function interleaveControl(tasks: readonly Task[], seed: string): readonly Task[] {
  const control = tasks
    .filter((task) => task.isControl)
    .map((task) => ({ task, at: fractionOf(task.taskId, `${seed}/order`) }))
    .sort((a, b) => a.at - b.at || compareText(a.task.taskId, b.task.taskId))
    .map(({ task }) => task)
  const rest = tasks.filter((task) => !task.isControl)
  const step = Math.max(1, Math.round(1 / CONTROL_SHARE) - 1)
  const order: Task[] = []
  let taken = 0
  for (let i = 0; i < rest.length; i++) {
    order.push(rest[i])
    if ((i + 1) % step === 0 && taken < control.length) order.push(control[taken++])
  }
  return [...order, ...control.slice(taken)]
}

/** How undecided a record is: 2^entropy over its candidates and `none of them`. 1 = clear, 6 = hopeless. */
export function perplexityOf(probabilities: readonly number[]): number {
  const weights = probabilities.map((p) => Math.min(p, 1 - 1e-9) / (1 - Math.min(p, 1 - 1e-9)))
  const sum = weights.reduce((total, weight) => total + weight, 1)
  const shares = [1, ...weights].map((weight) => weight / sum)
  return 2 ** -shares.reduce((total, share) => total + (share > 0 ? share * Math.log2(share) : 0), 0)
}
