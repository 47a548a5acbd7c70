/** Which pairs `bidui run --decisions` estimates error rates from. */
import { expect, test } from 'vitest'
import { estimateByLabels } from '../../src/commands/control-labels.ts'
import { DECISION } from '../../src/linking/people.ts'
import type { Linked } from '../../src/pipeline.ts'
import type { DecidedPair } from '../../src/review/decisions/index.ts'
import { isControl, QUEUE_SEED } from '../../src/review/queue/tasks.ts'

/** Rows 0 to 999 are police rows, 1000 to 1999 census rows; a pair weighs 3 bits (p = 0.89), whoever it is. */
function linkedWith(judgements: Linked['judgements'], waiting: readonly (readonly [number, number])[]): Linked {
  return {
    ingest: { table: { registerOf: (row: number) => (row < 1000 ? 0 : 1), recordId: (row: number) => String(row) } },
    kernel: { compare: () => 0 },
    weights: { weigh: () => 3000 },
    judgements,
    result: {
      discredited: new Uint8Array(2000),
      links: {
        count: waiting.length + 1,
        weight: Int32Array.from([20_000, ...waiting.map(() => 3000)]),
        decision: Uint8Array.from([DECISION.link, ...waiting.map(() => DECISION.review)]),
      },
    },
  } as unknown as Linked
}

const censusRows = Array.from({ length: 1000 }, (_, i) => 1000 + i)
const control = censusRows.filter((row) => isControl(`census:${row}`, QUEUE_SEED))
const others = censusRows.filter((row) => !isControl(`census:${row}`, QUEUE_SEED))

test('waiting and decided pairs are the whole, control verdicts the sample; what was made by hand or changed is neither', () => {
  expect(control.length).toBeGreaterThan(20)
  const judged = (row: number, verdict: 'same' | 'different', isStale = false) => ({
    left: row - 1000,
    right: row,
    verdict,
    isStale,
  })
  const byHand = control[10]
  const decided: readonly DecidedPair[] = [
    {
      left: `police:${byHand - 1000}`,
      right: `census:${byHand}`,
      verdict: 'same',
      fpLeft: '',
      fpRight: '',
      isByHand: true,
    },
  ]
  const linked = linkedWith(
    [
      ...control.slice(0, 6).map((row) => judged(row, 'same')),
      ...control.slice(6, 8).map((row) => judged(row, 'different')),
      judged(control[9], 'same', true),
      judged(byHand, 'same'),
      ...others.slice(0, 30).map((row) => judged(row, 'different')),
    ],
    others.slice(30, 90).map((row) => [row - 1000, row] as const),
  )
  const band = estimateByLabels(linked, decided, 0.001).bands.find(({ from }) => from === 0.8)
  expect(band).toMatchObject({ waiting: 8 + 30 + 60, judged: 8, same: 6 })
})
