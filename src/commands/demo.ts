/** `bidui demo`: makes a small county, reconciles it, and says what to look at next. */
import { countText } from '../display-text.ts'
import { join } from 'node:path'
import type { Command } from 'commander'
import { numberOption } from './number-option.ts'
import { stageLines } from '../progress.ts'
import { REGISTERS } from '../registers/columns.ts'
import { refuseUsedDirectory } from '../report/run-directory.ts'
import { formatSummary } from '../report/summary-text.ts'
import { synthesizeCounty } from '../synth/index.ts'
import { runToDirectory } from './run.ts'
import { settingsFrom } from './run/register-options.ts'

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('Make a small invented county, reconcile it, and show what was found')
    .option('--people <n>', 'how many people live there', numberOption, 20_000)
    .option('--seed <s>', 'another seed, another county', 'demo')
    .option('--out <dir>', 'where the county and the run are written; must be new or empty', 'demo')
    .addHelpText(
      'after',
      `
Example:
  bidui demo --people 20000
        demo/county has the registers and the truth, demo/run what was found`,
    )
    .action(async (options: { readonly people: number; readonly seed: string; readonly out: string }) => {
      const county = join(options.out, 'county')
      const run = join(options.out, 'run')
      refuseUsedDirectory(options.out)
      process.stderr.write(
        `Making a county of ${countText(options.people)} invented people in ${county} · 正在虚构一个县 …\n`,
      )
      await synthesizeCounty({ people: options.people, seed: options.seed, out: county })
      const file = (register: string): string[] => [join(county, `${register}.csv`)]
      const settings = await settingsFrom(
        {
          police: file(REGISTERS[0]),
          census: file(REGISTERS[1]),
          censusDeaths: file(REGISTERS[2]),
          births: file(REGISTERS[3]),
          deaths: file(REGISTERS[4]),
          out: run,
          purpose: '演示',
          authorisation: 'DEMO',
        },
        undefined,
      )
      const { summary } = await runToDirectory(settings, stageLines({}))
      process.stdout.write(formatSummary(summary))
      process.stdout.write(`
All people are invented. Look next at · 接下来可看
  ${run}/findings.csv                    every finding with the records it falls on
  bidui evaluate ${run} --truth ${county}/people.csv --truth-findings ${county}/findings.csv
                                         how right this was: the county knows the truth
  bidui review ${run}                    the review desk in your browser
  bidui lists ${run} --out lists --purpose 演示 --authorisation DEMO
                                         问题清单 workbooks, one per township
  bidui report ${run} --out report.html  one page for the office head
`)
    })
}
