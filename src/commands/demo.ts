/** `bidui demo`: makes a small county, reconciles it, and says what to look at next. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { countText } from '../display-text.ts'
import { stageLines } from '../progress.ts'
import { REGISTERS } from '../registers/columns.ts'
import { refuseUsedDirectory } from '../report/run-directory/run-directory.ts'
import { onInterrupt } from '../report/run-directory/staging.ts'
import { formatSummary } from '../report/summary-text.ts'
import type { Summary } from '../report/summary.ts'
import { completeSettings } from '../settings.ts'
import { workersFor } from '../workers/worker-count.ts'
import { makeCounty } from './synth/made-county.ts'
import { numberOption } from './command-line/number-option.ts'
import { runToDirectory } from './run.ts'

interface DemoOptions {
  readonly people: number
  readonly seed: string
  readonly out: string
}

/** Where the demo, its county and its run stand. */
interface Places {
  readonly out: string
  readonly county: string
  readonly run: string
}

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .summary('演示: make a small invented county, reconcile it, and show what was found')
    .description(
      '演示: 造一个虚构的小县，核对一遍，看查出了什么。\n' +
        'Makes a small invented county, reconciles it, and shows what was found.',
    )
    .option('--people <n>', '虚构的县有多少人: how many people live there', numberOption, 20_000)
    .option('--seed <s>', '随机种子，换一个就是另一个县: another seed, another county', 'demo')
    .option(
      '--out <dir>',
      '县和批次写在哪里，须是新的或空的: where the county and the run are written; must be new or empty',
      'demo',
    )
    .addHelpText(
      'after',
      `
Example 示例:
  bidui demo --people 20000
        demo/county 是登记簿和真值，demo/run 是结果
        demo/county has the registers and the truth, demo/run what was found`,
    )
    .action(async (options: DemoOptions) => {
      const places = { out: options.out, county: join(options.out, 'county'), run: join(options.out, 'run') }
      refuseUsedDirectory(options.out)
      process.stderr.write(
        `Making a county of ${countText(options.people)} invented people in ${places.county} · 正在虚构一个县 …\n`,
      )
      process.stdout.write(formatSummary(await demonstrate(options, places)))
      process.stdout.write(nextSteps(places))
    })
}

/**
 * Makes the county and runs it. Where either is stopped or fails nothing is left, so that the demo can be begun again.
 */
async function demonstrate({ people, seed }: DemoOptions, { out, county, run }: Places): Promise<Summary> {
  const isNew = !existsSync(out)
  const cleanUp = (): void => {
    if (existsSync(county)) rmSync(county, { recursive: true, force: true })
    if (isNew && existsSync(out) && readdirSync(out).length === 0) rmdirSync(out)
  }
  const forget = onInterrupt(cleanUp)
  try {
    await makeCounty({ people, seed, out: county })
    const registers = Object.fromEntries(REGISTERS.map((register) => [register, [join(county, `${register}.csv`)]]))
    const settings = completeSettings({ registers, out: run, purpose: '演示', authorisation: 'DEMO' }, workersFor)
    return (await runToDirectory(settings, stageLines({}))).summary
  } catch (error) {
    cleanUp()
    throw error
  } finally {
    forget()
  }
}

function nextSteps({ county, run }: Places): string {
  return `
All people are invented. Look next at · 接下来可看
  ${run}/findings.csv                    every finding with the records it falls on
  bidui evaluate ${run} --truth ${county}/people.csv --truth-findings ${county}/findings.csv
                                         how right this was: the county knows the truth
  bidui review ${run}                    the review desk in your browser
  bidui lists ${run} --out lists --purpose 演示 --authorisation DEMO
                                         问题清单 workbooks, one per township
  bidui report ${run} --out report.html  one page for the office head
`
}
