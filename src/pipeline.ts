/**
 * The whole road on one screen: files → rows → pairs → weights → people → findings.
 *
 * Steps do not know each other; this file hands one's result to the next and reports stages. Outputs are written by
 * src/report from what is returned; what it says of two rows is told by linked-pairs.ts.
 */
import { DEFAULT_RULES } from './blocking/rules.ts'
import type { RuleCensus } from './blocking/blocks.ts'
import {
  askPeopleAlone,
  contextHandle,
  type FindingContext,
  type FindingContextHandle,
  type FindingList,
  type FindingListHandle,
  finishFindings,
  type HouseholdFindings,
  registerContextHandle,
  type RegisterContextHandle,
} from './findings/index.ts'
import { markReviewRows } from './findings/review-rows.ts'
import { findSupposedPeople } from './findings/supposed-people.ts'
import { type IngestResult, ingestRegisters } from './ingest/index.ts'
import type { FamilyIndex } from './linking/family-index.ts'
import type { LinkResult } from './linking/results/gather-links.ts'
import { linkCounty } from './linking/link-county.ts'
import { DECISION } from './linking/people.ts'
import type { OrderedPairs } from './linking/ordered-pairs.ts'
import type { RejectedCandidates } from './linking/results/rejected-candidates.ts'
import type { LinkThresholds } from './linking/pair-decisions.ts'
import { type CountyModel, estimateCountyModel } from './matching/county-model.ts'
import type { Kernel } from './matching/kernel.ts'
import { type Matched, matchCounty } from './matching/match-county.ts'
import { CountyWeights } from './matching/weigh-county.ts'
import { weighPairs } from './matching/weigh-pairs.ts'
import { workspaceBytes } from './matching/workspace.ts'
import type { NameFeatures } from './records/name-features.ts'
import { ID_KIND, type RecordTable, type RecordTableHandle } from './records/record-table.ts'
import { REGISTERS, type RegisterName } from './registers/columns.ts'
import { countOf, countText } from './display-text.ts'
import { type CompleteSettings, linkThresholds, promotionRate, readingOf } from './settings.ts'
import { type JudgedRows, judgedRows, type KeyedDecision, type Mark, type RowJudgement } from './store/judged-rows.ts'
import type { OrderMessage } from './workers/jobs/order-pairs.ts'
import type { RejectedMessage } from './workers/jobs/reject-candidates.ts'
import { collectEverywhere, collectHere } from './workers/garbage.ts'
import { messagesLeave, WorkerPool } from './workers/pool.ts'

/** Called when a stage begins and when it ends, with counts for people. */
export interface StageListener {
  begin(stage: string, zh: string): void
  progress(done: number, total: number): void
  end(counts: string): void
}

export interface Linked {
  readonly ingest: IngestResult
  readonly names: NameFeatures
  readonly model: CountyModel
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
  readonly result: LinkResult
  /** The heaviest pair of each row that linking left alone; a worker looks for them meanwhile. */
  readonly rejected: Promise<RejectedCandidates>
  /** What people decided, by row. */
  readonly judgements: readonly RowJudgement[]
  /** What people put aside, by row: the linkage reads none of it. */
  readonly marks: readonly RowJudgement<Mark>[]
  /** How many decisions a later one on the same rows took the place of. */
  readonly superseded: number
  /** `left|right` of those whose rows are not in the files. */
  readonly lost: readonly string[]
  readonly lostMarks: readonly string[]
  readonly census: readonly RuleCensus[]
}

export interface Reconciled extends Linked {
  readonly context: FindingContext
  readonly findings: FindingList
}

/** Told when something stands that can be written by the workers while this thread goes on. */
export interface Milestones {
  /** The rows are read; what is thrown here ends the run before anything is compared. */
  readonly onRead?: (table: RecordTable) => void
  /** The rows are read, and the workers have done all that linking needs. */
  readonly onMatched?: (table: RecordTable) => void
  /** People and links are made. */
  readonly onLinked?: (linked: Linked) => void
}

/**
 * The whole road. The caller owns the pool and writes the outputs.
 */
export async function reconcileCounty(
  settings: CompleteSettings,
  stages: StageListener,
  decided: readonly KeyedDecision[],
  pool: WorkerPool,
  milestones: Milestones = {},
): Promise<Reconciled> {
  let ofRegisters: Promise<FindingListHandle> | undefined
  const linked = await linkRegisters(settings, stages, decided, pool, {
    ...milestones,
    onMatched: (table) => {
      ofRegisters = findInRegisters(table, settings, pool)
      milestones.onMatched?.(table)
    },
  })
  stages.begin('findings', '查错')
  // The candidate pairs, and what linking sorted and weighed, are garbage by now, and large.
  await collectEverywhere(pool, linked.ingest.table.rows)
  const context = findingContext(linked, settings)
  const ofHouseholds = pool.run<FindingContextHandle, HouseholdFindings>('detect-households', contextHandle(context))
  milestones.onLinked?.(linked)
  await messagesLeave()
  const findings = finishFindings(
    askPeopleAlone(context),
    await ofHouseholds,
    await (ofRegisters ?? findInRegisters(linked.ingest.table, settings, pool)),
  )
  collectHere(linked.ingest.table.rows)
  stages.end(countOf(findings.count, 'finding'))
  return { ...linked, context, findings }
}

/** Reads, blocks, scores and links a county. */
export async function linkRegisters(
  settings: CompleteSettings,
  stages: StageListener,
  decided: readonly KeyedDecision[],
  pool: WorkerPool,
  milestones: Milestones = {},
): Promise<Linked> {
  const ingest = await readRegisters(settings, stages, pool)
  const { table } = ingest
  milestones.onRead?.(table)

  stages.begin('match', '比对')
  const matched = await matchCounty(table, ingest.memory, DEFAULT_RULES, pool)
  stages.end(`${countOf(matched.pairsScored, 'candidate pair')} scored`)

  stages.begin('model', '估权')
  const model = await modelOf(settings, table, matched)
  const { frequencies, partners } = matched.statistics
  const weights = new CountyWeights(model, frequencies, matched.lines, partners.flags, table.columns.ethnicity)
  stages.end(model.em.converged ? 'EM converged' : `EM did not converge in ${model.em.iterations} iterations`)

  stages.begin('link', '关联')
  const linked = await linkMatched({ table, matched, model, weights, decided }, settings, pool, milestones)
  stages.end(linkCounts(linked.result))
  const { names, kernel, census } = matched
  return { ingest, names, model, kernel, weights, census, ...linked }
}

async function readRegisters(
  settings: CompleteSettings,
  stages: StageListener,
  pool: WorkerPool,
): Promise<IngestResult> {
  stages.begin('ingest', '读取')
  const ingest = await ingestRegisters({
    ...readingOf(settings),
    pool,
    extraBytes: workspaceBytes,
    onProgress: (_stage, done, total) => stages.progress(done, total),
  })
  stages.end(`${countOf(ingest.table.rows, 'row')} · ${countText(ingest.quarantine.length)} quarantined`)
  return ingest
}

/** The model that the pairs of this county teach; what the settings pin is held. */
async function modelOf(
  { model: pins }: CompleteSettings,
  table: RecordTable,
  { patterns, statistics }: Matched,
): Promise<CountyModel> {
  const { random, partners, ethnicity } = statistics
  const estimated = estimateCountyModel({
    scored: patterns.entries(),
    random: random.random.entries(),
    randomLocal: random.randomLocal.entries(),
    rows: rowsByRegister(table),
    idCoverage: idCoverage(table),
    unmatched: partners.unmatched,
    expecting: partners.expecting,
    counted: partners.counted,
    ethnicity,
  })
  if (pins === undefined) return estimated
  return (await import('./matching/weigh/county-model-file.ts')).pinModel(estimated, pins)
}

/** What linking begins with: rows, their pairs, what each pair weighs, and what people said of some. */
interface Weighed extends Pick<Linked, 'model' | 'weights'> {
  readonly table: RecordTable
  readonly matched: Matched
  readonly decided: readonly KeyedDecision[]
}

/** Sorts the pairs and joins rows to people; workers do beside it what they can. */
async function linkMatched(
  { table, matched, model, weights, decided }: Weighed,
  settings: CompleteSettings,
  pool: WorkerPool,
  milestones: Milestones,
): Promise<Pick<Linked, 'result' | 'rejected' | 'thresholds'> & JudgedRows> {
  const { pairs, pairCount, lines, kernel } = matched
  const { random, frequencies, partners } = matched.statistics
  const pairWeights = await weighPairs(matched, model, frequencies, partners.flags, pool)
  const ordered = pool.run<OrderMessage, OrderedPairs>('order-pairs', { pairs, count: pairCount, weights: pairWeights })
  const families = takenOnce(pool.run<RecordTableHandle, FamilyIndex>('index-families', table.handle))
  milestones.onMatched?.(table)
  await messagesLeave()
  const thresholds = linkThresholds(settings.maxFalseLinkRate, settings.threshold)
  const judged = judgedRows(table, decided)
  const result = await linkCounty({
    table,
    lines,
    kernel,
    weights,
    model,
    pairs,
    pairCount,
    ordered,
    families,
    householdPatterns: random.household,
    thresholds,
    judgements: judged.judgements,
    maxFalseLinkRate: promotionRate(settings),
    onScratch: () => collectHere(table.rows),
  })
  const { people, links } = result
  const message = { handle: table.handle, pairs, pairCount, pairWeights, people, links }
  const rejected = pool.run<RejectedMessage, RejectedCandidates>('reject-candidates', message)
  return { result, rejected, thresholds, ...judged }
}

function linkCounts({ links, people }: LinkResult): string {
  const reviewed = links.decision.reduce((n, d) => n + (d === DECISION.review ? 1 : 0), 0)
  return `${countOf(links.count - reviewed, 'link')}, ${countOf(people.count, 'person', 'people')}, ${countOf(reviewed, 'pair')} to review`
}

/** What the detectors look at: rows, people, open questions, settings. */
export function findingContext(linked: Linked, settings: CompleteSettings): FindingContext {
  const { table } = linked.ingest
  const { links, people, reasons } = linked.result
  return {
    table,
    people,
    names: linked.names,
    settings: settings.findings,
    given: givenRegisters(settings),
    reviewRows: markReviewRows(table.rows, links, people, table.starts[1]),
    supposedPeople: findSupposedPeople(table, links, reasons, people),
  }
}

/** A result that is not kept here once somebody has it: what it holds is large. */
function takenOnce<T>(promise: Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined = promise
  return async () => {
    const taken = kept
    kept = undefined
    if (taken === undefined) throw new Error('taken twice')
    return taken
  }
}

/** Linking leaves the second core idle, and what rows tell by themselves does not wait for it. */
function findInRegisters(table: RecordTable, settings: CompleteSettings, pool: WorkerPool): Promise<FindingListHandle> {
  const context = registerContextHandle({ table, settings: settings.findings, given: givenRegisters(settings) })
  return pool.run<RegisterContextHandle, FindingListHandle>('detect-registers', context)
}

function givenRegisters(settings: CompleteSettings): ReadonlySet<RegisterName> {
  return new Set(settings.inputs.map((input) => input.register))
}

function rowsByRegister(table: RecordTable): number[] {
  return REGISTERS.map((_, g) => table.starts[g + 1] - table.starts[g])
}

function idCoverage(table: RecordTable): number[] {
  return REGISTERS.map((_, g) => {
    const { idNo, idKind } = table.columns
    let known = 0
    for (let row = table.starts[g]; row < table.starts[g + 1]; row++)
      if (idNo[row] !== 0 && idKind[row] !== ID_KIND.nobodys) known++
    return known / Math.max(1, table.starts[g + 1] - table.starts[g])
  })
}
