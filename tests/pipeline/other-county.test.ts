/**
 * Counties that somebody else made (bench/accuracy/county/other): nothing in the engine may lean on the habits of our
 * own synthesis. Floors on automatic links; error rates estimated without labels beside the true ones; a saved model
 * gives the same links again.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type OtherCountyKind, writeOtherCounty } from '../../bench/accuracy/county/other/make-other-county.ts'
import { evaluateLinks, type LinkEvaluation } from '../../src/evaluate/evaluate.ts'
import { KeyIndex } from '../../src/evaluate/key-index.ts'
import { readLinks, readPeople } from '../../src/evaluate/read-tables.ts'
import { runToDirectory } from '../../src/commands/run.ts'
import { countyModelText, readCountyPins } from '../../src/matching/weigh/county-model-file.ts'
import type { CountyModel } from '../../src/matching/county-model.ts'
import { stageLines } from '../../src/progress.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { completeSettings } from '../../src/settings.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = temporaryFolder('bidui-other')

async function run(folder: string, out: string, model?: CountyModel): Promise<CountyModel> {
  const registers = Object.fromEntries(REGISTERS.map((register) => [register, [join(folder, `${register}.csv`)]]))
  const pins = model === undefined ? {} : { model: readCountyPins(countyModelText(model), 'model.json') }
  const settings = completeSettings({ registers, out, ...pins }, () => 1)
  return (await runToDirectory(settings, stageLines({ quiet: true }), { pool: inlinePool })).reconciled.model
}

function evaluate(folder: string, out: string): LinkEvaluation {
  const records = new KeyIndex()
  const found = readPeople(join(out, 'people.csv'), records)
  const truth = readPeople(join(folder, 'people.csv'), records)
  return evaluateLinks({ records, found, truth, links: readLinks(join(out, 'links.csv'), records) })
}

const FLOORS: readonly (readonly [kind: OtherCountyKind, precision: number, recall: number, withReview: number])[] = [
  ['plain', 0.9985, 0.988, 0.994],
  ['rough', 0.998, 0.978, 0.988],
  ['bare', 0.997, 0.975, 0.988],
]

describe.each(FLOORS)('a %s county', (kind, precision, recall, withReview) => {
  const folder = join(root, kind)
  const out = join(root, `${kind}-run`)
  let model: CountyModel
  let evaluation: LinkEvaluation

  beforeAll(async () => {
    writeOtherCounty(kind, 3000, 'floor', folder)
    model = await run(folder, out)
    evaluation = evaluate(folder, out)
  })

  test('is linked without a label', () => {
    expect(evaluation.automatic[0].precision).toBeGreaterThanOrEqual(precision)
    expect(evaluation.automatic[0].recall).toBeGreaterThanOrEqual(recall)
    expect(evaluation.withReview[0].recall).toBeGreaterThanOrEqual(withReview)
    expect(evaluation.review.perLink).toBeLessThan(0.02)
  })

  test('knows about how wrong it is', () => {
    const rates = evaluation.thresholds.filter(({ probability }) => probability >= 0.85)
    expect(rates.length).toBeGreaterThanOrEqual(5)
    for (const { probability, falseLinkRate, missedLinkRate, observed } of rates) {
      expect(Math.abs(falseLinkRate - (observed?.falseLinkRate ?? 1)), `false at ${probability}`).toBeLessThan(0.0015)
      expect(Math.abs(missedLinkRate - (observed?.missedLinkRate ?? 1)), `missed at ${probability}`).toBeLessThan(0.005)
    }
  })

  if (kind === 'plain')
    test('is linked the same by its saved model', async () => {
      const again = join(root, `${kind}-again`)
      await run(folder, again, model)
      expect(readFileSync(join(again, 'links.csv')).equals(readFileSync(join(out, 'links.csv')))).toBe(true)
    })
})
