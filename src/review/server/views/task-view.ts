/**
 * A task as the page gets it: the candidates of a focal record with table, evidence and households, masked to L1.
 *
 * In:  a task, the run, what stands. Out: plain values. No weight, no probability and nobody's verdict is in it: a
 *      reviewer judges blind, and asks for the weights by a key of their own (weightsView), which is written down.
 */
import type { Explanation } from '../../../matching/explanation.ts'
import { isEffective } from '../../../report/lists/record-words.ts'
import { maskNumbersInText } from '../../../report/mask.ts'
import type { CandidateView, EvidenceView, HouseholdView, TaskView, WeightsView } from '../../api.ts'
import type { Entry, Standing } from '../../decisions/index.ts'
import { otherOf, type QueuePair, registerOf, type Task } from '../../queue/tasks.ts'
import type { RunReader } from '../../run-reader.ts'
import { compareFields, countKinds, mainDifference } from './compare-view.ts'
import { alignHouseholds } from './household-view.ts'

/** What the view asks the desk about. */
export interface StandingSource {
  standing(pairId: string): Standing
  isStale(pair: QueuePair): boolean
  /** The verdict that was on other data, if there is one. */
  staleEntry(pair: QueuePair): Entry | undefined
  pairsOf(record: string): readonly QueuePair[]
  isOpen(pair: QueuePair): boolean
}

/** @param pairs which of the task's pairs are shown; a second reviewer sees one, as if it were new */
export function viewTask(
  task: Task,
  pairs: readonly QueuePair[],
  kind: TaskView['kind'],
  run: RunReader,
  source: StandingSource,
): TaskView {
  const focal = run.record(task.focal)
  const isBlind = kind !== 'first'
  const candidates = pairs.map((pair, at) => viewCandidate(pair, at === 0, isBlind, run, source))
  const isStale = !isBlind && pairs.some((pair) => source.isStale(pair))
  return {
    taskId: task.taskId,
    kind,
    mode: task.mode,
    areaCode: task.area,
    village: run.villageName(task.area),
    block: focal?.block ?? '',
    householdNo: maskNumbersInText(focal?.raw.household_no ?? ''),
    why: {
      reason: task.reason,
      impact: Math.max(0, ...pairs.map((pair) => pair.impact)),
      candidates: pairs.length,
      isStale,
    },
    candidates,
  }
}

function viewCandidate(
  pair: QueuePair,
  canShowDigits: boolean,
  isBlind: boolean,
  run: RunReader,
  source: StandingSource,
): CandidateView {
  const [leftKey, rightKey] = sides(pair)
  const left = run.record(leftKey)
  const right = run.record(rightKey)
  const fields =
    left === undefined || right === undefined ? [] : compareFields(left, right, { level: 'L1', canShowDigits })
  const main = mainDifference(fields)
  const standing = source.standing(pair.pairId)
  const stale = isBlind ? undefined : source.staleEntry(pair)
  const verdict = standing.verdict
  const codes = new Set([...run.findingsOf(leftKey), ...run.findingsOf(rightKey)].map((finding) => finding.code))
  return {
    pairId: pair.pairId,
    leftKey,
    rightKey,
    leftRegister: registerOf(leftKey),
    rightRegister: registerOf(rightKey),
    fields,
    counts: countKinds(fields),
    ...(main === undefined ? {} : { mainField: main }),
    evidence: evidenceOf(run.explanation(pair.pairId)),
    household: viewHouseholds(leftKey, rightKey, run, source),
    ...(stale === undefined ? {} : { stale: { verdict: stale.verdict, t: stale.t, actor: stale.actor } }),
    ...(!isBlind && stale === undefined && (verdict === 'same' || verdict === 'different')
      ? { standing: verdict }
      : {}),
    findings: [...codes].sort(),
  }
}

/** The register's row on the left, the census row on the right; otherwise as linking put them. */
export function sides(pair: { readonly left: string; readonly right: string }): readonly [string, string] {
  const isSwapped = registerOf(pair.left) === 'census' && registerOf(pair.right) !== 'census'
  return isSwapped ? [pair.right, pair.left] : [pair.left, pair.right]
}

/** Steps of a bar: what a weight of so many bits is worth to a reader. */
const STEPS = [500, 2000, 4000, 7000, 11000]

function strengthOf(weight: number): number {
  let step = 0
  while (step < STEPS.length && Math.abs(weight) >= STEPS[step]) step++
  return weight < 0 ? -step : step
}

function evidenceOf(explanation: Explanation | undefined): readonly EvidenceView[] {
  return (explanation?.rows ?? []).map((row) => ({
    comparison: row.comparison,
    zh: row.zh,
    ...sentencesOf(row),
    strength: strengthOf(row.weight),
  }))
}

/** On the page a sentence stands alone: one of places or relatives that does not name them would say nothing. */
const SUBJECTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  place: ['户籍地', 'hukou place'],
  kin: ['父母、去向', 'parents or destination'],
}

function sentencesOf({ comparison, sentence, en }: Explanation['rows'][number]) {
  const subject = SUBJECTS[comparison]
  if (subject === undefined || /户籍|父母|去向|村居|乡镇/u.test(sentence)) return { sentenceZh: sentence, en }
  return { sentenceZh: `${subject[0]}${sentence}`, en: `${subject[1]}: ${en}` }
}

export function weightsView(pairId: string, explanation: Explanation): WeightsView {
  return {
    pairId,
    prior: explanation.prior,
    rows: explanation.rows.map((row) => ({ comparison: row.comparison, zh: row.zh, weight: row.weight })),
    total: explanation.total,
    probability: explanation.probability,
  }
}

/** A collective household is read only in part, and counted whole; old versions of its people are not. */
function countMembers(household: string, shown: number, run: RunReader): number {
  const versions = run.household(household).filter((record) => !isEffective(record)).length
  return Math.max(run.membersOf(household) - versions, shown)
}

function viewHouseholds(leftKey: string, rightKey: string, run: RunReader, source: StandingSource): HouseholdView {
  const leftHousehold = run.factsOf(leftKey).household
  const rightHousehold = run.factsOf(rightKey).household
  const isOne = leftHousehold !== '' && leftHousehold === rightHousehold
  // Old versions of a person are no further members.
  const current = (household: string) => run.household(household).filter(isEffective)
  const members = withFocal(current(leftHousehold), leftKey, run)
  const left = isOne ? withFocal(members, rightKey, run) : members
  const right = isOne ? [] : withFocal(current(rightHousehold), rightKey, run)
  const rightKeys = new Set(right.map((record) => record.key))
  const pairs = left.flatMap((record) =>
    source
      .pairsOf(record.key)
      .filter((pair) => rightKeys.has(otherOf(pair, record.key)))
      .map((pair) => {
        const { verdict } = source.standing(pair.pairId)
        return { pair, verdict: verdict === 'same' || verdict === 'different' ? verdict : undefined }
      }),
  )
  const rows = alignHouseholds({
    left,
    right,
    focal: focalSides(leftKey, rightKey, pairs),
    pairs,
    openRivals: (key, pairId) =>
      source.pairsOf(key).filter((pair) => pair.pairId !== pairId && source.isOpen(pair)).length,
  })
  return {
    leftMembers: countMembers(leftHousehold, left.length, run),
    rightMembers: countMembers(rightHousehold, right.length, run),
    rows,
    isOne,
    linked: rows.filter((row) => row.state === 'linked').length,
  }
}

function focalSides(
  leftKey: string,
  rightKey: string,
  pairs: readonly { readonly pair: QueuePair }[],
): { left: string; right: string } {
  const own = pairs.find(
    ({ pair }) =>
      (pair.left === leftKey && pair.right === rightKey) || (pair.left === rightKey && pair.right === leftKey),
  )
  return own === undefined ? { left: leftKey, right: rightKey } : { left: own.pair.left, right: own.pair.right }
}

function withFocal<R extends { readonly key: string }>(
  members: readonly R[],
  key: string,
  run: { record(key: string): R | undefined },
): readonly R[] {
  if (members.some((member) => member.key === key)) return members
  const record = run.record(key)
  return record === undefined ? members : [record, ...members]
}
