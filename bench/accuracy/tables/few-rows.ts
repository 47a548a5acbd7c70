/**
 * Accuracy of `link` and `dedupe` on tables of a few rows: npx tsx bench/accuracy/tables/few-rows.ts SEED [shape …]
 * Draws ten tables of 8, 16, 30 and 60 rows each out of every made-up table and prints their mean F1. The columns are guessed.
 */
import { runTables } from '../../../src/tables/engine.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'
import { proposeSpec } from '../../../src/tables/spec/propose-spec.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { withoutUnsharedColumns } from '../../../src/tables/spec/unshared-columns.ts'
import { drawFew } from './draw-few.ts'
import type { MadeTable } from './made-table.ts'
import { ALL } from './shapes.ts'
import { Chance } from './words.ts'

const SIZES = [8, 16, 30, 60]
const DRAWS = 10
const SHAPES = `
  address-copies address-two figures-small short-rows birth-parts-500 records-copies notables catalogues
  references guides products voters patients chinese firms songs rolls scribbled-hard listings-1000-one-table
  listings-1000 scraped-papers album-tracks-small beers-small shelves recordings settlements affiliations discs
  films software cameras notebooks electronics known-persons customers-small customers-bare bibliography points
  companies inventors parish five-parties
`
  .trim()
  .split(/\s+/)

/** Undefined where nothing drawn is there twice. */
function f1Of(few: MadeTable): number | undefined {
  const left = tableFromRows('left', few.left)
  const right = few.right && tableFromRows('right', few.right)
  const whole = completeSpec(proposeSpec(left, right, 'cluster').spec)
  const spec = right === undefined ? whole : withoutUnsharedColumns(left, right, whole).spec
  const { f1, truePairs } = measureTruth(runTables(left, right, spec), left, right, 'cluster')
  return truePairs === 0 ? undefined : f1
}

const meanOf = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(list.length, 1)
const say = (name: string, means: readonly number[]) =>
  process.stdout.write(`${name.padEnd(24)} ${means.map((mean) => mean.toFixed(3)).join('  ')}\n`)
const [first = '1', ...named] = process.argv.slice(2)
const seed = Number(first)
const bySize: number[][] = SIZES.map(() => [])
process.stdout.write(`${'rows'.padEnd(24)} ${SIZES.map((size) => String(size).padStart(5)).join('  ')}\n`)
for (const shape of named.length > 0 ? named : SHAPES) {
  const made = ALL[shape](seed)
  const means = SIZES.map((size) => {
    const draws = Array.from({ length: DRAWS }, (_, draw) => drawFew(made, size, new Chance(seed * DRAWS + draw)))
    return meanOf(draws.map(f1Of).filter((f1) => f1 !== undefined))
  })
  for (const [i, mean] of means.entries()) bySize[i].push(mean)
  say(shape, means)
}
say('mean', bySize.map(meanOf))
