/** The lead's views: progress, agreement, control sample; batches; the 日报 on one A4 page; the audit. Counts only. */
import type { ComponentChildren } from 'preact'
import { officeMinute } from '../../../office-time.ts'
import type { Agreement, Estimate } from '../../queue/agreement.ts'
import type { Overview } from '../../server/desks/lead-desk.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { countText, decimalText, intervalText, percentText } from '../model/amounts.ts'
import type { PageState } from '../model/state.ts'
import { Scroll } from './scroll.tsx'
import { say, sayCode, type WordKey } from '../words/index.ts'
import { townshipTitle } from '../words/places.ts'
import { Control } from './control.tsx'
import { LastNight } from './last-night.tsx'
import { RerunPanel } from './rerun.tsx'

interface Props {
  readonly model: DeskModel
  readonly state: PageState
}

export function LeadOverview({ model, state }: Props) {
  const { overview } = state
  if (overview === undefined) return <main class="task">{say('loading')}</main>
  return (
    <main class="task lead">
      <Figures overview={overview} />
      {(overview.lastNight?.losses.length ?? 0) === 0 ? null : <LastNight overview={overview} />}
      <div class="columns lead-columns">
        <div class="side">
          <Townships overview={overview} />
          <Control
            estimate={overview.control}
            signed={overview.threshold}
            model={state.session?.rights.includes('/api/lead/threshold') === true ? model : undefined}
          />
        </div>
        <div class="side">
          {state.rerun === undefined ? null : (
            <RerunPanel
              model={model}
              rerun={state.rerun}
              language={state.language}
              canStart={state.session?.rights.includes('/api/lead/rerun') === true}
            />
          )}
          <People
            overview={overview}
            model={state.session?.rights.includes('/api/lead/reopen') === true ? model : undefined}
          />
          <AgreementPanel agreement={overview.agreement} byDay={overview.agreementByDay} />
        </div>
      </div>
    </main>
  )
}

function Figures({ overview }: { readonly overview: Overview }) {
  const figures: readonly (readonly [WordKey, string])[] = [
    ['total_', countText(overview.total)],
    ['done', countText(overview.done)],
    ['remaining', countText(overview.remaining)],
    ['today', countText(overview.today)],
    ['conflicts', countText(overview.conflicts)],
    ['seconds', countText(overview.seconds)],
    ['taken', countText(overview.taken)],
    ['withdrawn', countText(overview.withdrawn)],
    ['perplexity', decimalText(overview.perplexity)],
  ]
  return (
    <dl class="figures">
      {figures.map(([word, value]) => (
        <div key={word}>
          <dt>{say(word)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface NumbersPanelProps {
  readonly title: WordKey
  readonly columns: readonly WordKey[]
  /** Rows of a table. */
  readonly children: ComponentChildren
}

function NumbersPanel({ title, columns, children }: NumbersPanelProps) {
  return (
    <section class="panel" aria-label={say(title)}>
      <h2>{say(title)}</h2>
      <Scroll label={say(title)}>
        <table class="numbers">
          <thead>
            <tr>
              {columns.map((word) => (
                <th key={word} scope="col">
                  {say(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </Scroll>
    </section>
  )
}

function Townships({ overview }: { readonly overview: Overview }) {
  const columns: readonly WordKey[] = ['area', 'total_', 'done', 'deferred', 'inField', 'staleCount', 'progress']
  return (
    <NumbersPanel title="townships" columns={columns}>
      {overview.townships.map((row) => (
        <tr key={row.area}>
          <th scope="row">{townshipTitle(row.area)}</th>
          <td>{countText(row.total)}</td>
          <td>{countText(row.done)}</td>
          <td>{countText(row.deferred)}</td>
          <td>{countText(row.field)}</td>
          <td>{countText(row.stale)}</td>
          <td>
            <Progress share={row.total === 0 ? 1 : row.done / row.total} />
          </td>
        </tr>
      ))}
    </NumbersPanel>
  )
}

function Progress({ share }: { readonly share: number }) {
  return (
    <span class="progress">
      <svg viewBox="0 0 60 8" width="60" height="8" aria-hidden="true">
        <rect class="progress-all" x="0" y="0" width="60" height="8" rx="2" />
        <rect class="progress-done" x="0" y="0" width={60 * share} height="8" rx="2" />
      </svg>
      <span class="progress-share">{percentText(share, 0)}%</span>
    </span>
  )
}

function People({ overview, model }: { readonly overview: Overview; readonly model: DeskModel | undefined }) {
  const columns: readonly WordKey[] = ['person', 'today', 'total_', 'medianSeconds', 'reveals', 'checks', 'agreement']
  return (
    <NumbersPanel title="people" columns={columns}>
      {overview.people.map((person) => (
        <tr key={person.name}>
          <th scope="row">
            {person.name} {person.isAlarm ? <span class="tag tag-stale">{say('alarm')}</span> : null}
          </th>
          <td>{countText(person.today)}</td>
          <td>{countText(person.total)}</td>
          <td>{person.seconds === null ? '–' : person.seconds.toFixed(1)}</td>
          <td>{countText(person.reveals)}</td>
          <td>
            {person.checks}
            {person.checksWrong > 0 ? ` (${say('wrong')} ${person.checksWrong})` : ''}
          </td>
          <td>
            {person.agreement.n === 0 ? '–' : `${percentText(person.agreement.percent.value)}%`}
            {person.isAlarm && model !== undefined ? (
              <button type="button" class="plain" onClick={() => void model.leading.reopenLast(person.name)}>
                {say('reopenLast')}
              </button>
            ) : null}
          </td>
        </tr>
      ))}
    </NumbersPanel>
  )
}

function AgreementPanel({
  agreement,
  byDay,
}: {
  readonly agreement: Agreement
  readonly byDay: Overview['agreementByDay']
}) {
  const rows: readonly (readonly [WordKey, Estimate])[] = [
    ['agreement', agreement.percent],
    ['kappa', agreement.kappa],
    ['ac1', agreement.ac1],
  ]
  return (
    <section class="panel" aria-label={say('agreement')}>
      <h2>
        {say('agreement')} <span class="hint">n = {agreement.n}</span>{' '}
        {agreement.isAlarm ? <span class="tag tag-stale">{say('alarm')}</span> : null}
      </h2>
      <Scroll label={say('agreementByDay')}>
        <table class="numbers">
          <tbody>
            {rows.map(([word, estimate]) => (
              <tr key={word}>
                <th scope="row">{say(word)}</th>
                <td>{decimalText(estimate.value, 3)}</td>
                <td class="hint">
                  {say('interval')} {intervalText(estimate.low, estimate.high)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {byDay.length > 1 ? (
        <p class="hint">
          {say('agreementByDay')}:{' '}
          {byDay.map((row) => `${row.day.slice(5)} ${percentText(row.percent, 0)}%`).join(' · ')}
        </p>
      ) : null}
    </section>
  )
}

export function Batches({ model, state }: Props) {
  const { groups, batch } = state
  if (batch !== undefined)
    return (
      <main class="task">
        <section class="panel">
          <h2>{say('batches')}</h2>
          {batch.left > 0 ? <p>{say('batchLeft', { n: batch.left })}</p> : null}
          <button type="button" class="key key-same" disabled={batch.left > 0} onClick={() => void model.acceptBatch()}>
            {say('batchAccept', { n: batch.size })}
          </button>
        </section>
      </main>
    )
  return (
    <main class="task">
      <section class="panel">
        <h2>{say('batches')}</h2>
        <p class="hint">{say('batchHint')}</p>
        {groups === undefined ? <p>{say('loading')}</p> : null}
        {groups?.length === 0 ? <p>{say('batchNone')}</p> : null}
        <ul class="groups">
          {(groups ?? []).map((group) => (
            <li key={group.pattern}>
              <strong>{say('batchSize', { n: countText(group.size) })}</strong>
              <span>{group.example.map((row) => (state.language === 'zh' ? row.sentenceZh : row.en)).join(' · ')}</span>
              <button type="button" class="key" onClick={() => void model.leading.draw(group.pattern, 0.01)}>
                {say('batchDraw')} · {say('batchSample', { n: group.sample })}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}

/** No per cent of nothing. */
function shareText(share: number): string {
  return Number.isFinite(share) ? `${percentText(share)}%` : '–'
}

export function DailyReport({ state }: { readonly state: PageState }) {
  const { overview } = state
  if (overview === undefined) return <main class="task">{say('loading')}</main>
  const { anchor } = overview
  return (
    <main class="task report">
      <button type="button" class="key print-button" onClick={() => window.print()}>
        {say('print')}
      </button>
      <article class="sheet">
        <h2>{say('report')}</h2>
        <p class="sheet-line">
          {say('reportDay')} {overview.day} · {say('runName')} {overview.run}
        </p>
        <Figures overview={overview} />
        <LastNight overview={overview} />
        <p class="sheet-line">
          {say('verdicts')}:{' '}
          {Object.entries(overview.verdicts)
            .map(
              ([verdict, count]) =>
                `${verdict === 'conflict' ? say('conflict') : sayCode('verdict', verdict)} ${countText(count)}`,
            )
            .join(' · ') || '–'}
        </p>
        <p class="sheet-line">
          {say('mode.findings')}:{' '}
          {Object.entries(overview.findingVerdicts)
            .map(([verdict, count]) => `${sayCode('finding', verdict)} ${countText(count)}`)
            .join(' · ') || '–'}
        </p>
        <p class="sheet-line">
          {say('agreement')} {shareText(overview.agreement.percent.value)} · {say('kappa')}{' '}
          {decimalText(overview.agreement.kappa.value)} · {say('ac1')} {decimalText(overview.agreement.ac1.value)} (n ={' '}
          {overview.agreement.n})
        </p>
        <Townships overview={overview} />
        <p class="anchor">
          {say('anchor')}: <code>{`${anchor.count} ${anchor.head.slice(0, 16)}`}</code>
        </p>
        <p class="hint">{say('anchorHint')}</p>
        <p class="sheet-foot">
          <span>{say('reportPurpose')}</span>
          <span>{say('signature')} ____________</span>
        </p>
      </article>
      <p class="printed-by" aria-hidden="true">
        {state.session?.user} · {officeMinute(Date.now())}
      </p>
    </main>
  )
}

export function Audit({ model, state }: Props) {
  const { audit } = state
  return (
    <main class="task">
      <section class="panel">
        <h2>{say('audit')}</h2>
        <button type="button" class="key" onClick={() => void model.leading.verifyAudit()}>
          {say('auditVerify')}
        </button>
        {audit === undefined ? null : (
          <dl class="figures">
            <div>
              <dt>{say('auditVerify')}</dt>
              <dd>{say(audit.isIntact ? 'auditIntact' : 'auditBroken')}</dd>
            </div>
            <div>
              <dt>{say('events')}</dt>
              <dd>{countText(audit.events)}</dd>
            </div>
            <div>
              <dt>{say('checkpoints')}</dt>
              <dd>{countText(audit.checkpoints)}</dd>
            </div>
            <div>
              <dt>{say('anchor')}</dt>
              <dd>
                <code>{audit.anchor}</code>
              </dd>
            </div>
          </dl>
        )}
      </section>
    </main>
  )
}
