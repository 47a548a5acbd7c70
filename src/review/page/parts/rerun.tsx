/** 按裁决重算: what waits to enter the linkage, the button, and what the new run changed. Counts only. */
import type { RerunStatus } from '../../api.ts'
import { countText } from '../model/amounts.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { Scroll } from './scroll.tsx'
import type { Language } from '../words/index.ts'
import { say } from '../words/index.ts'

interface Props {
  readonly model: DeskModel
  readonly rerun: RerunStatus
  readonly language: Language
  /** An auditor sees what was done, only a lead starts it. */
  readonly canStart: boolean
}

export function RerunPanel({ model, rerun, language, canStart }: Props) {
  const isRunning = rerun.state === 'running'
  return (
    <section class="panel rerun" aria-label={say('rerun')} data-rerun={rerun.state}>
      <h2>
        {say('rerun')} <span class="hint">{say('rerunWaiting', { n: rerun.decided, k: rerun.waiting })}</span>
      </h2>
      {canStart ? (
        <p>
          <button type="button" class="key" disabled={isRunning} onClick={() => void model.leading.rerun()}>
            {say('rerun')}
          </button>{' '}
          <span class="hint">{say('rerunHint')}</span>
        </p>
      ) : null}
      <div role="status" aria-live="polite">
        {isRunning ? <p>{say('rerunRunning')}</p> : null}
        {rerun.state === 'failed' ? (
          <p class="problem">
            {rerun.error === 'E143' ? say('rerunLost') : say('rerunFailed', { n: rerun.error ?? '' })}
          </p>
        ) : null}
        {rerun.state === 'done' ? (
          <p>{say('rerunDone', { n: rerun.name ?? '', s: (rerun.seconds ?? 0).toFixed(1) })}</p>
        ) : null}
      </div>
      {rerun.changes === undefined ? null : <Changes changes={rerun.changes} language={language} />}
    </section>
  )
}

function Changes({
  changes,
  language,
}: {
  readonly changes: NonNullable<RerunStatus['changes']>
  readonly language: Language
}) {
  const { people, pairs, findings } = changes
  return (
    <>
      <p>
        {say('rerunPeople')} {countText(people[0])} → {countText(people[1])} · {say('rerunPairs')} {countText(pairs[0])}{' '}
        → {countText(pairs[1])}
      </p>
      {findings.length === 0 ? (
        <p>{say('rerunSame')}</p>
      ) : (
        <Scroll label={say('rerunFinding')}>
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">{say('rerunFinding')}</th>
                <th scope="col">{say('rerunGone')}</th>
                <th scope="col">{say('rerunMade')}</th>
              </tr>
            </thead>
            <tbody>
              {findings.map((one) => (
                <tr key={one.code}>
                  <th scope="row">{language === 'zh' ? one.zh : one.code}</th>
                  <td>{countText(one.gone)}</td>
                  <td>{countText(one.made)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}
