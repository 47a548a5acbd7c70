/** `bidui model RUN`: the model of a run: λ, m, u and weights of every level, error rates per threshold; saved to a file. */
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { formatThresholdRates, thresholdRates } from '../evaluate/threshold-rates.ts'
import {
  describeAddress,
  describeBirth,
  describeId,
  describeKin,
  describeName,
  describePlace,
  describeSex,
} from '../matching/compare/describe.ts'
import { COMPARISONS } from '../matching/comparisons.ts'
import type { CountyModel } from '../matching/county-model.ts'
import { STANDINGS } from '../matching/expected-partners.ts'
import { PAIR_CLASS, PAIR_CLASSES } from '../matching/kernel.ts'
import { countyModelText, readCountyPins } from '../matching/weigh/county-model-file.ts'
import { agreementWeight, disagreementWeight } from '../matching/weigh/ethnicity.ts'
import { formatEthnicity } from '../normalise/ethnicity.ts'
import { cannotWrite, isOutOfRoom } from '../report/run-directory.ts'
import { writeWhole } from '../report/staging.ts'
import { countText, displayWidth } from '../display-text.ts'
import { refuseToReplace } from './may-replace.ts'
import { relinkRun } from './open-run.ts'

const WORDS: Readonly<Record<string, (level: number) => readonly [string, string]>> = {
  name: describeName,
  birth: describeBirth,
  id: describeId,
  sex: describeSex,
  place: describePlace,
  kin: describeKin,
  address: describeAddress,
}

export function registerModel(program: Command): void {
  program
    .command('model <run>')
    .description('The model of a run: λ, m, u and match weights of every comparison level')
    .option('--json', 'machine-readable')
    .option('--save <file>', 'write the model for `bidui run --model FILE`')
    .addHelpText(
      'after',
      `
Examples:
  bidui model run1
        what each agreement is worth, and how wrong the links are by estimate
  bidui model run1 --save model.json
  bidui run … --model model.json
        the same model on other files; delete from the file what is to be
        estimated anew, or keep in it only what you want to pin`,
    )
    .action(async (run: string, options: { readonly json?: boolean; readonly save?: string }) => {
      const linked = await relinkRun(run)
      const { model } = linked
      if (options.save !== undefined) saveModel(options.save, model)
      const rates = thresholdRates(linked.result.links.weight)
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify({ ...model, thresholds: rates }, null, 2)}\n`)
        return
      }
      const lines = [...describeModel(model), '', ...formatThresholdRates(rates)]
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

/** λ, m, u and weight of every level, class by class; and whether EM converged. */
function describeModel(model: CountyModel): string[] {
  const lines: string[] = []
  model.classes.forEach((pairClass, k) => {
    lines.push(
      `${PAIR_CLASSES[k]}: λ ${pairClass.lambda.toExponential(2)}, m from ${pairClass.mFrom} (${countText(pairClass.anchors)} anchor pairs)`,
    )
    COMPARISONS.forEach((comparison, c) => {
      for (let level = 1; level < comparison.levels; level++) {
        const m = pairClass.m[c][level]
        const u = pairClass.u[c][level]
        const word = WORDS[comparison.name](level)[0]
        const weight = Math.log2(m / u).toFixed(2)
        lines.push(
          `  ${comparison.name.padEnd(8)} ${word.padEnd(52)} m ${m.toExponential(2)}  u ${u.toExponential(2)}  weight ${weight.padStart(7)}`,
        )
      }
    })
  })
  lines.push(...ethnicityLines(model))
  const { em, unmatched, counted } = model
  lines.push(
    `Without their police row are ${percent(unmatched[0])} of the rows that must have one; without their other census row, ${percent(unmatched[1])}.`,
    `By a hundred people in force are counted: ${
      STANDINGS.flatMap((standing, k) =>
        counted[k] < 1
          ? [
              `${standing === 'death' ? 'of the death register' : `of status ${standing}`} ${(counted[k] * 100).toFixed(1)}`,
            ]
          : [],
      ).join(', ') || 'everybody else as well'
    }.`,
    em.converged
      ? `EM over the police–census patterns converged in ${em.iterations} iterations, λ ${em.lambda.toExponential(2)}.`
      : `EM over the police–census patterns did NOT converge in ${em.iterations} iterations; the anchors' values stand.`,
  )
  return lines
}

/** What agreement on each ethnicity is worth, the commonest first, where it is worth something. */
function ethnicityLines({ ethnicity }: CountyModel): string[] {
  const { differs, amongNamesakes, namesakesDiffer } = ethnicity
  const { policeCensus } = PAIR_CLASS
  const line = (words: string, m: number, u: number, weight: number): string => {
    const room = ' '.repeat(Math.max(0, 51 - displayWidth(words)))
    const bits = (weight / 1000).toFixed(2).padStart(7)
    return `  ethnicity ${words}${room} m ${m.toExponential(2)}  u ${u.toExponential(2)}  weight ${bits}`
  }
  const same = amongNamesakes.flatMap((u, code) => (u < 1 ? [{ code, u }] : [])).sort((a, b) => b.u - a.u)
  const m = 1 - differs[policeCensus]
  return [
    'between people of one name, police–census:',
    ...same.map(({ code, u }) =>
      line(`both ${formatEthnicity(code)}`, m, u, agreementWeight(ethnicity, policeCensus, code)),
    ),
    line('another ethnicity', differs[policeCensus], namesakesDiffer, disagreementWeight(ethnicity, policeCensus)),
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function isModel(text: string): boolean {
  try {
    readCountyPins(text, '')
    return true
  } catch {
    return false
  }
}

function saveModel(path: string, model: CountyModel): void {
  try {
    refuseToReplace(path, isModel)
    writeWhole(path, countyModelText(model))
  } catch (cause) {
    if (cause instanceof BiduiError) throw cause
    if (isOutOfRoom(cause)) throw cannotWrite(path, cause)
    throw new BiduiError(
      'E524',
      EXIT.cannotCreate,
      `${path}: 模型写不出 · the model cannot be written (${codeOf(cause)}).`,
      {
        advice:
          '请给出可写文件夹里的文件名,并检查磁盘空间 · name a file in a folder that may be written to; is the disk full?',
        cause,
      },
    )
  }
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? String(cause)
}
