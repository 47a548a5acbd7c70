/**
 * What staff read: of each code two sentences (the first and the last in the order of texts) that an invented county gives.
 *
 * People are put together by the county's own truth, so that linking has no say. After a change that is meant:
 *   UPDATE_SENTENCES=1 npx vitest run tests/findings/sentences.test.ts
 * and read the diff of tests/cases/sentences.csv as if somebody else had written it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeCsv, encodeCsv } from '../../src/report/lists/csv.ts'
import { observeCounty } from '../../src/synth/index.ts'
import { completeRates } from '../../src/synth/rates.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import type { RowText } from '../support/build-table.ts'
import { detect } from './check.ts'

const CASES = new URL('../cases/sentences.csv', import.meta.url)

function invented(): readonly RowText[] {
  const registers = observeCounty(6000, 'sentences', completeRates('hard', {}))
  return REGISTERS.flatMap((register) =>
    registers[register].map(({ person, record_id, ...columns }) => ({
      ...(columns as unknown as Readonly<Record<string, string>>),
      register,
      id: record_id,
      person: `T${person}`,
    })),
  )
}

test('every code says what it said, in the same words', () => {
  const byCode = new Map<string, { first: string; last: string }>()
  detect(invented()).list.forEach(({ code, detail }) => {
    const known = byCode.get(code)
    if (known === undefined) byCode.set(code, { first: detail, last: detail })
    else if (detail < known.first) known.first = detail
    else if (detail > known.last) known.last = detail
  })
  const said = [...byCode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([code, { first, last }]) => [...new Set([first, last])].map((sentence) => [code, sentence]))
  if (process.env.UPDATE_SENTENCES === '1') writeFileSync(CASES, encodeCsv([['code', 'sentence'], ...said]))
  expect(said).toEqual(decodeCsv(readFileSync(CASES)).slice(1))
  // The others need a slip that no invented county of this size makes.
  expect(byCode.size).toBeGreaterThan(60)
})
