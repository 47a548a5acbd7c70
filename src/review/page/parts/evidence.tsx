/** Why the engine hesitates: one sentence a comparison with a bar of five steps; by E the weights, which add up. */
import type { CandidateView, EvidenceView, WeightsView } from '../../api.ts'
import { percentText, weightText } from '../model/amounts.ts'
import { currentLanguage, say, type WordKey } from '../words/index.ts'

export function Evidence({
  candidate,
  weights,
}: {
  readonly candidate: CandidateView
  readonly weights: WeightsView | undefined
}) {
  const shown = weights?.pairId === candidate.pairId ? weights : undefined
  return (
    <section class="panel evidence" aria-label={say('evidence')}>
      <h2>
        {say('evidence')} <span class="hint">{say('weightsHint')}</span>
      </h2>
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">{say('evidence.comparison')}</th>
            <th scope="col">{say('evidence.sentence')}</th>
            <th scope="col">{say('evidence.strength')}</th>
          </tr>
        </thead>
        <tbody>
          {shown === undefined ? null : <SumRow label={say('prior')} weight={shown.prior} kind="prior" />}
          {candidate.evidence.map((row, at) => (
            <tr key={row.comparison}>
              <td class="sentence">{currentLanguage() === 'zh' ? row.sentenceZh : row.en}</td>
              <td class="bar-cell">
                <Bar row={row} />
              </td>
              <td class="strength">
                {shown === undefined ? say(strengthWord(row.strength)) : <Weight value={shown.rows[at]?.weight ?? 0} />}
              </td>
            </tr>
          ))}
          {shown === undefined ? null : (
            <>
              <SumRow label={say('total')} weight={shown.total} kind="total" />
              <tr class="probability">
                <td colSpan={3}>{say('probability', { n: percentText(shown.probability) })}</td>
              </tr>
            </>
          )}
        </tbody>
      </table>
    </section>
  )
}

function SumRow({ label, weight, kind }: { readonly label: string; readonly weight: number; readonly kind: string }) {
  return (
    <tr class={kind}>
      <td class="sentence">{label}</td>
      <td />
      <td class="strength">
        <Weight value={weight} />
      </td>
    </tr>
  )
}

function Weight({ value }: { readonly value: number }) {
  return (
    <span class="weight" data-weight={value}>
      {weightText(value)}
    </span>
  )
}

/** Left of the middle against, right of it for. Drawn in SVG: sizes are attributes, not styles. */
function Bar({ row }: { readonly row: EvidenceView }) {
  const size = Math.abs(row.strength)
  const cells = Array.from({ length: size }, (_, i) => (row.strength > 0 ? 52 + i * 9 : 42 - i * 9))
  return (
    <svg
      class={row.strength < 0 ? 'bar bar-against' : 'bar'}
      viewBox="0 0 100 14"
      width="100"
      height="14"
      aria-hidden="true"
    >
      <line x1="50.5" x2="50.5" y1="0" y2="14" />
      {cells.map((x) => (
        <rect key={x} x={x} y="3" width="7" height="8" rx="1" />
      ))}
    </svg>
  )
}

function strengthWord(strength: number): WordKey {
  if (strength >= 4) return 'strongFor'
  if (strength >= 2) return 'for'
  if (strength === 1) return 'weakFor'
  if (strength === 0) return 'neutral'
  if (strength === -1) return 'weakAgainst'
  return strength <= -4 ? 'strongAgainst' : 'against'
}
