/** `bidui model RUN`: the estimated model of a run: λ, m, u and weights of every comparison level. */
import type { Command } from 'commander'
import { describeBirth, describeId, describeName, describeSex } from '../matching/compare/describe.ts'
import { COMPARISONS } from '../matching/county-model.ts'
import { PAIR_CLASSES } from '../matching/kernel.ts'
import { relinkRun } from './open-run.ts'

const WORDS: Readonly<Record<string, (level: number) => readonly [string, string]>> = {
  name: describeName,
  birth: describeBirth,
  id: describeId,
  sex: describeSex,
}

export function registerModel(program: Command): void {
  program
    .command('model <run>')
    .description('The model of a run: λ, m, u and match weights of every comparison level')
    .option('--json', 'machine-readable')
    .action(async (run: string, options: { readonly json?: boolean }) => {
      const { model } = await relinkRun(run)
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(model, null, 2)}\n`)
        return
      }
      const lines: string[] = []
      model.classes.forEach((pairClass, k) => {
        lines.push(
          `${PAIR_CLASSES[k]}: λ ${pairClass.lambda.toExponential(2)}, m from ${pairClass.mFrom} (${pairClass.anchors.toLocaleString('en')} anchor pairs)`,
        )
        COMPARISONS.forEach((comparison, c) => {
          for (let level = 1; level < comparison.levels; level++) {
            const m = pairClass.m[c][level]
            const u = pairClass.u[c][level]
            const word = WORDS[comparison.name]?.(level)?.[0] ?? `level ${level}`
            lines.push(
              `  ${comparison.name.padEnd(8)} ${word.padEnd(52)} m ${m.toExponential(2)}  u ${u.toExponential(2)}  weight ${Math.log2(
                m / u,
              )
                .toFixed(2)
                .padStart(7)}`,
            )
          }
        })
      })
      const { em } = model
      lines.push(
        em.converged
          ? `EM over the police–census patterns converged in ${em.iterations} iterations, λ ${em.lambda.toExponential(2)}.`
          : `EM over the police–census patterns did NOT converge in ${em.iterations} iterations; the anchors' values stand.`,
      )
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}
