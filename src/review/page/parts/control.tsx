/**
 * Error rates by the control sample: what the engine decided by itself, layer by layer; what linking more of the waiting
 * pairs would cost; what people said beside what the model expects; the threshold that follows, for the lead to sign.
 */
import type { ThresholdSign } from '../../decisions/signed-threshold.ts'
import type { Estimate } from '../../queue/agreement.ts'
import type { ControlEstimate, KindEstimate } from '../../queue/control-estimate.ts'
import { countText, percentText } from '../model/amounts.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { Scroll } from './scroll.tsx'
import { say, sayCode } from '../words/index.ts'

interface Props {
  readonly estimate: ControlEstimate
  readonly signed: ThresholdSign | undefined
  /** Given to those who may sign. */
  readonly model: DeskModel | undefined
}

export function Control({ estimate, signed, model }: Props) {
  const { bands, links, rejected } = estimate
  const judged = bands.reduce((sum, band) => sum + band.judged, 0) + (links.at(-1)?.judged ?? 0) + rejected.judged
  return (
    <section class="panel" aria-label={say('control')}>
      <h2>
        {say('control')} <span class="hint">{say('controlCount', { n: countText(judged) })}</span>
      </h2>
      <p class="hint">{say('controlOwnHint')}</p>
      <OwnDecisions estimate={estimate} />
      <p class="hint">{say('controlHint')}</p>
      <Waiting estimate={estimate} />
      <Threshold estimate={estimate} signed={signed} model={model} />
    </section>
  )
}

function OwnDecisions({ estimate: { links, rejected, missed } }: Pick<Props, 'estimate'>) {
  return (
    <Scroll label={say('decidedBy')}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{say('decidedBy')}</th>
            <th scope="col">{say('pairsWaiting')}</th>
            <th scope="col">{say('judgedCount')}</th>
            <th scope="col">{say('wrongCount')}</th>
            <th scope="col">{say('wrongShare')}</th>
            <th scope="col">{say('byModel')}</th>
          </tr>
        </thead>
        <tbody>
          {links.map((kind) => (
            <KindRow
              key={kind.layer}
              kind={kind}
              name={kind.layer === '' ? say('allLinks') : sayCode('layer', kind.layer)}
            />
          ))}
          <KindRow kind={rejected} name={say('leftAlone')} />
          <tr>
            <th scope="row">{say('missedOfAll')}</th>
            <td colSpan={3} />
            <td>{rangeText(missed, 2)}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </Scroll>
  )
}

function KindRow({ kind, name }: { readonly kind: KindEstimate; readonly name: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{countText(kind.pairs)}</td>
      <td>{countText(kind.judged)}</td>
      <td>{countText(kind.wrong)}</td>
      <td>{rangeText(kind.share, 2)}</td>
      <td class="hint">{percentText(kind.expected, 2)}%</td>
    </tr>
  )
}

function Waiting({ estimate: { thresholds } }: Pick<Props, 'estimate'>) {
  return (
    <Scroll label={say('thresholdFrom')}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{say('thresholdFrom')}</th>
            <th scope="col">{say('pairsWaiting')}</th>
            <th scope="col">{say('judgedCount')}</th>
            <th scope="col">{say('falseLinks')}</th>
            <th scope="col">{say('byModel')}</th>
            <th scope="col">{say('missedLinks')}</th>
            <th scope="col">{say('byModel')}</th>
          </tr>
        </thead>
        <tbody>
          {thresholds.map((row) => (
            <tr key={row.threshold}>
              <th scope="row">≥ {percentText(row.threshold, 0)}%</th>
              <td>{countText(row.pairs)}</td>
              <td>{countText(row.judged)}</td>
              <td>{rangeText(row.falseLinks)}</td>
              <td class="hint">{percentText(row.falseLinksExpected)}%</td>
              <td>{rangeText(row.missedLinks)}</td>
              <td class="hint">{percentText(row.missedLinksExpected)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Threshold({ estimate, signed, model }: Props) {
  const { wanted, linksFrom, proposal, verdictsNeeded } = estimate
  const rate = percentText(wanted, 2)
  const now = percentText(linksFrom, 2)
  return (
    <>
      <p class="hint">
        {proposal === undefined
          ? say('noThreshold', { rate, now, n: countText(verdictsNeeded) })
          : say(proposal.links === 'more' ? 'proposesMore' : 'proposesFewer', {
              rate,
              now,
              p: percentText(proposal.threshold, 2),
            })}
      </p>
      {signed === undefined ? null : (
        <p>
          {say('signedThreshold', {
            p: percentText(signed.probability, 2),
            who: signed.signed_by,
            day: signed.signed_at.slice(0, 10),
          })}{' '}
          {model === undefined ? null : (
            <button type="button" class="plain" onClick={() => void model.leading.signThreshold(null)}>
              {say('withdrawThreshold')}
            </button>
          )}
        </p>
      )}
      {proposal === undefined || model === undefined || signed?.probability === proposal.threshold ? null : (
        <button type="button" class="plain" onClick={() => void model.leading.signThreshold(proposal.threshold)}>
          {say('signThreshold', { p: percentText(proposal.threshold, 2) })}
        </button>
      )}
    </>
  )
}

/** Server values pass through JSON, where `not known` is left out. */
function rangeText(estimate: Estimate | undefined, digits = 1): string {
  return estimate === undefined
    ? '–'
    : `${percentText(estimate.value, digits)}% (${percentText(estimate.low, digits)}–${percentText(estimate.high, digits)})`
}
