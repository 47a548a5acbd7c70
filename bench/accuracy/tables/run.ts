/**
 * Accuracy of `link` and `dedupe` on made-up tables of many shapes: npx tsx bench/accuracy/tables/run.ts [seed] [shape…]
 * Prints precision, recall, F1, what blocking lost, and seconds, per shape and seed.
 */
import { completeSpec } from '../../../src/tables/spec.ts'
import { tableFromRows } from '../../../src/tables/read-table.ts'
import { runTables } from '../../../src/tables/engine.ts'
import { measureTruth } from '../../../src/tables/truth.ts'
import {
  makeAddressBook,
  makeBirthParts,
  makeFigures,
  makeHouseholds,
  makeShortRows,
  type MadeTable,
} from './make-tables.ts'

const SHAPES: Readonly<Record<string, (seed: number) => MadeTable>> = {
  'address-copies': (seed) =>
    makeAddressBook(seed, { originals: 2000, copies: 3000, copiesMost: 5, slipsMost: 10, perField: 3, sides: 1 }),
  'address-two': (seed) =>
    makeAddressBook(seed, { originals: 5000, copies: 5000, copiesMost: 1, slipsMost: 5, perField: 2, sides: 2 }),
  'address-two-hard': (seed) =>
    makeAddressBook(seed, { originals: 3000, copies: 3000, copiesMost: 1, slipsMost: 14, perField: 3, sides: 2 }),
  'figures-small': (seed) => makeFigures(seed, { people: 600, meanRows: 10, hardness: 1 }),
  'figures-hard': (seed) => makeFigures(seed, { people: 600, meanRows: 8, hardness: 1.7 }),
  'short-rows': (seed) => makeShortRows(seed, { people: 250, rowsMost: 7, hardness: 1 }),
  'birth-parts-500': (seed) => makeBirthParts(seed, { people: 450, copies: 50 }),
  'birth-parts-10000': (seed) => makeBirthParts(seed, { people: 9000, copies: 1000 }),
  households: (seed) => makeHouseholds(seed, { households: 3000, hardness: 1, overlap: 0.8 }),
  'households-hard': (seed) => makeHouseholds(seed, { households: 3000, hardness: 2.5, overlap: 0.5 }),
  'figures-50k': (seed) => makeFigures(seed, { people: 5100, meanRows: 10, hardness: 1.3 }),
}

const [first, ...named] = process.argv.slice(2)
const seed = Number(first ?? 1)
const isLoud = process.env.LOUD === '1'
for (const shape of named.length > 0 ? named : Object.keys(SHAPES).filter((name) => name !== 'figures-50k')) {
  const made = SHAPES[shape](seed)
  const spec = completeSpec(made.spec)
  const left = tableFromRows('left', made.left)
  const right = made.right === undefined ? undefined : tableFromRows('right', made.right)
  const started = performance.now()
  const result = runTables(left, right, spec, isLoud ? { onPhase: (line) => process.stdout.write(`  ${line}\n`) } : {})
  const seconds = (performance.now() - started) / 1000
  const t = measureTruth(result, left, right, 'cluster')
  const show = (value: number) => value.toFixed(4)
  process.stdout.write(
    `${shape.padEnd(20)} seed ${seed}  P ${show(t.precision)} R ${show(t.recall)} F1 ${show(t.f1)}  B3 ${show(t.bCubedF1)}  best pair-F1 ${show(t.bestPairF1)}  lambda ratio ${((result.model.lambda * t.pairsTotal) / t.truePairs).toFixed(2)}  ${result.pairsCompared} pairs ${seconds.toFixed(1)} s\n`,
  )
}
