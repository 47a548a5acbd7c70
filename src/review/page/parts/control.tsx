/** Error rates by the control sample: what people said beside what the model expects, threshold by threshold. */
import type { Estimate } from '../../queue/agreement.ts'
import type { ControlEstimate } from '../../queue/control-estimate.ts'
import { countText, percentText } from '../model/amounts.ts'
import { say } from '../words/index.ts'

export function Control({ estimate }: { readonly estimate: ControlEstimate }) {
  const { bands, thresholds, suggested, verdictsNeeded, wanted } = estimate
  const judged = bands.reduce((sum, band) => sum + band.judged, 0)
  return (
    <section class="panel" aria-label={say('control')}>
      <h2>
        {say('control')} <span class="hint">{say('controlCount', { n: countText(judged) })}</span>
      </h2>
      <p class="hint">{say('controlHint')}</p>
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
      <p class="hint">
        {suggested === undefined
          ? say('noThreshold', { rate: percentText(wanted, 2), n: countText(verdictsNeeded) })
          : say('suggestedThreshold', { rate: percentText(wanted, 2), p: percentText(suggested, 0) })}
      </p>
    </section>
  )
}

/** Server values pass through JSON, where `not known` is left out. */
function rangeText(estimate: Estimate | undefined): string {
  return estimate === undefined
    ? '–'
    : `${percentText(estimate.value)}% (${percentText(estimate.low)}–${percentText(estimate.high)})`
}
