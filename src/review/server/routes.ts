/**
 * Every call of the page in one table: its path, who may make it, what its body must be, what it does.
 *
 * A role that is not named is refused; a path that is not here does not exist. Bodies are checked by zod and strict:
 * an unknown key is a refusal. Handlers get checked values and return plain ones.
 */
import { z } from 'zod'
import type { NextResponse } from '../api.ts'
import { FINDING_VERDICTS, type Role, VERDICTS, verifyAudit } from '../decisions/index.ts'
import { NO_FILTER } from '../queue/filter.ts'
import type { QueueMode } from './desks/assignment.ts'
import type { BatchDesk } from './desks/batch-desk.ts'
import type { Desk, Person } from './desks/desk.ts'
import type { FindingDesk } from './desks/finding-desk.ts'
import { historyOf, undoBatch } from './desks/history-desk.ts'
import { adjudicate, makeDailyReport, markGold, nextForLead, reopenLast, viewOverview } from './desks/lead-desk.ts'
import { confirmHousehold, decidePair, nextTasks, pairChoices, type Wish } from './desks/pair-desk.ts'
import { linkByHand, personRecords, revealPair, searchRecords, showWeights, splitPerson } from './desks/record-desk.ts'
import type { Rerun } from './desks/rerun.ts'
import { signThreshold } from './desks/threshold-desk.ts'

export interface Desks {
  readonly desk: Desk
  /** Both are made anew when the desk goes over to another run. */
  findings: FindingDesk
  batches: BatchDesk
  readonly rerun: Rerun
}

export interface Route {
  readonly path: string
  readonly roles: readonly Role[]
  readonly body: z.ZodType
  readonly run: (desks: Desks, person: Person, body: never) => unknown
}

const REVIEW: readonly Role[] = ['reviewer', 'lead']
const LEAD: readonly Role[] = ['lead']
const COUNTS: readonly Role[] = ['lead', 'auditor']

const key = z.string().min(8).max(64)
const id = z.string().min(1).max(400)
const have = z.array(id).max(16)
const QUEUES = ['pair', 'household', 'duplicate'] as const
const mode = z.enum(QUEUES)
const ms = z.number().min(0).max(86_400_000)
const reason = z.string().max(40)
const note = z.string().max(500)
const filter = z
  .strictObject({
    kind: z.string().max(60),
    severity: z.string().max(2),
    township: z.string().max(12),
    changed: z.boolean(),
  })
  .optional()
const side = z.enum(['same', 'different'])

function route<B extends z.ZodType>(
  path: string,
  roles: readonly Role[],
  body: B,
  run: (desks: Desks, person: Person, body: z.output<B>) => unknown,
): Route {
  return { path, roles, body, run: run as Route['run'] }
}

export const ROUTES: readonly Route[] = [
  route('/api/next', REVIEW, z.strictObject({ mode, have, filter }), (desks, person, body) =>
    nextWithFindings(desks, person, body.mode, body.have, { filter: body.filter }),
  ),
  route(
    '/api/choices',
    REVIEW,
    z.strictObject({ mode: z.enum([...QUEUES, 'findings']), filter }),
    ({ desk, findings }, person, body) =>
      body.mode === 'findings'
        ? findings.choices(person, body.filter ?? NO_FILTER)
        : pairChoices(desk, person, body.mode, body.filter ?? NO_FILTER),
  ),
  route(
    '/api/decide',
    REVIEW,
    z.strictObject({
      mode,
      have,
      filter,
      ck: key,
      taskId: id,
      pairId: id,
      verdict: z.enum(VERDICTS),
      reason: reason.optional(),
      note: note.optional(),
      ms,
    }),
    ({ desk }, person, { mode: queue, have: held, reason: why, note: text, ...rest }) =>
      decidePair(desk, person, queue, held, { ...rest, ...optional('reason', why), ...optional('note', text) }),
  ),
  route(
    '/api/household',
    REVIEW,
    z.strictObject({ have, filter, ck: key, taskId: id, pairIds: z.array(id).min(1).max(40), ms }),
    ({ desk }, person, { have: held, ...rest }) => confirmHousehold(desk, person, held, rest),
  ),
  route('/api/undo', REVIEW, z.strictObject({ ck: key, batch: key.optional() }), ({ desk, findings }, person, body) => {
    const batch = body.batch ?? desk.projection.person(person.name).batches.at(-1)
    const touched = batch === undefined ? [] : (desk.projection.batch(batch)?.findings ?? [])
    const answer = undoBatch(desk, person, body.ck, body.batch)
    const [reopened] = touched.map((findingId) => findings.reopened(findingId))
    const counts = { ...answer.counts, findings: findings.remaining(person) }
    return { ...answer, counts, finding: reopened ?? null }
  }),
  route('/api/history', REVIEW, z.strictObject({}), ({ desk }, person) => historyOf(desk, person)),
  route('/api/reveal', REVIEW, z.strictObject({ pairId: id }), ({ desk }, person, body) =>
    revealPair(desk, person, body.pairId),
  ),
  route('/api/weights', REVIEW, z.strictObject({ pairId: id }), ({ desk }, person, body) =>
    showWeights(desk, person, body.pairId),
  ),
  route('/api/search', REVIEW, z.strictObject({ text: z.string().min(1).max(60) }), ({ desk }, person, body) =>
    searchRecords(desk, person, body.text),
  ),
  route('/api/person', REVIEW, z.strictObject({ record: id }), ({ desk }, _person, body) =>
    personRecords(desk, body.record),
  ),
  route(
    '/api/link',
    REVIEW,
    z.strictObject({ ck: key, left: id, right: id, reason, note: note.optional() }),
    ({ desk }, person, { note: text, ...rest }) => linkByHand(desk, person, { ...rest, ...optional('note', text) }),
  ),
  route(
    '/api/split',
    REVIEW,
    z.strictObject({ ck: key, groups: z.array(z.tuple([id, z.number().int().min(1).max(12)])).max(12), reason }),
    ({ desk }, person, body) => splitPerson(desk, person, body),
  ),
  route('/api/findings/next', REVIEW, z.strictObject({ have, filter }), ({ findings }, person, body) =>
    findings.next(person, body.have, body.filter),
  ),
  route(
    '/api/findings/decide',
    REVIEW,
    z.strictObject({
      have,
      filter,
      ck: key,
      findingId: id,
      verdict: z.enum(FINDING_VERDICTS),
      note: note.optional(),
      ms,
    }),
    ({ findings }, person, { have: held, note: text, ...rest }) =>
      findings.decide(person, held, { ...rest, ...optional('note', text) }),
  ),
  route('/api/lead/overview', COUNTS, z.strictObject({}), ({ desk }) => viewOverview(desk)),
  route('/api/lead/report', LEAD, z.strictObject({}), ({ desk }, person) => makeDailyReport(desk, person)),
  route('/api/lead/next', LEAD, z.strictObject({ have }), ({ desk }, _person, body) => ({
    tasks: nextForLead(desk, body.have),
    remaining: desk.state.leadPool.size,
  })),
  route(
    '/api/lead/adjudicate',
    LEAD,
    z.strictObject({
      ck: key,
      pairId: id,
      verdict: z.enum(['same', 'different', 'field']),
      reason,
      note: note.optional(),
      ms,
    }),
    ({ desk }, person, { note: text, ...rest }) => adjudicate(desk, person, { ...rest, ...optional('note', text) }),
  ),
  route('/api/lead/gold', LEAD, z.strictObject({ ck: key, pairId: id, verdict: side }), ({ desk }, person, body) =>
    markGold(desk, person, body.pairId, body.verdict, body.ck),
  ),
  route('/api/lead/reopen', LEAD, z.strictObject({ ck: key, reviewer: z.string().max(32) }), ({ desk }, person, body) =>
    reopenLast(desk, person, body.reviewer, body.ck),
  ),
  route(
    '/api/lead/threshold',
    LEAD,
    z.strictObject({ ck: key, threshold: z.number().nullable() }),
    ({ desk }, person, body) => signThreshold(desk, person, body.ck, body.threshold ?? undefined),
  ),
  route('/api/lead/rerun', LEAD, z.strictObject({}), ({ rerun }, person) => rerun.start(person)),
  route('/api/lead/rerun/status', COUNTS, z.strictObject({}), ({ rerun }) => rerun.status()),
  route('/api/lead/batches', LEAD, z.strictObject({}), ({ batches }) => batches.groups()),
  route(
    '/api/lead/batch/draw',
    LEAD,
    z.strictObject({ pattern: id, bound: z.number() }),
    ({ batches }, _person, body) => batches.draw(body.pattern, body.bound),
  ),
  route(
    '/api/lead/batch/judge',
    LEAD,
    z.strictObject({ batch: key, have, ck: key, pairId: id, verdict: z.enum(['same', 'different', 'defer']), ms }),
    ({ batches }, person, { batch, have: held, ...rest }) => batches.judge(person, batch, rest, held),
  ),
  route('/api/lead/batch/accept', LEAD, z.strictObject({ batch: key }), ({ batches }, person, body) =>
    batches.accept(person, body.batch),
  ),
  route('/api/audit/verify', ['auditor'], z.strictObject({}), ({ desk }, person) => {
    const report = verifyAudit(desk.log.database)
    desk.append([{ ...desk.who(person), ev: 'verify', reason: report.isIntact ? 'intact' : 'broken' }])
    return report
  }),
]

/** The first task for somebody who comes in, so that it need not be asked for; null for roles that see no pairs. */
export function firstTask(desks: Desks, person: Person): NextResponse | null {
  return REVIEW.includes(person.role) ? nextWithFindings(desks, person, 'pair', [], { ahead: 1 }) : null
}

function nextWithFindings(
  { desk, findings }: Desks,
  person: Person,
  queue: QueueMode,
  held: readonly string[],
  wish: { readonly ahead?: number } & Wish,
): NextResponse {
  const { tasks, counts } = nextTasks(desk, person, queue, held, wish)
  return { tasks, counts: { ...counts, findings: findings.remaining(person) } }
}

/** What a role may do, as the page needs it to show its menu. */
export function rightsOf(role: Role): readonly string[] {
  return ROUTES.filter((one) => one.roles.includes(role)).map((one) => one.path)
}

function optional<K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: string })
}
