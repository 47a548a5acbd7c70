/** `bidui synth`: an invented county with its truth. */
import { countText, padCellsEnd } from '../display-text.ts'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { numberOption } from './command-line/number-option.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { readBlocks } from './check-sample.ts'
import { makeCounty } from './synth/made-county.ts'
import type { SynthOptions } from '../synth/index.ts'

interface SynthCommandOptions {
  readonly people: number
  readonly seed: string
  readonly out: string
  readonly preset: string
  readonly rates?: string
  readonly headers: NonNullable<SynthOptions['headers']>
  readonly checkBlocks?: string
  readonly encoding: NonNullable<SynthOptions['encoding']>
}

export function registerSynth(program: Command): void {
  program
    .command('synth')
    .summary('生成虚构的县: make an invented county: register files with errors, and the truth about them')
    .description(
      '生成虚构的县: 有差错的登记簿文件，以及谁是谁、该查出什么的真值。\n' +
        'Makes an invented county: register files with errors, and the truth about them.',
    )
    .option('--people <n>', '虚构的县有多少人: how many people live there', numberOption, 20_000)
    .option('--seed <s>', '随机种子，换一个就是另一个县: another seed, another county', '1')
    .requiredOption('--out <dir>', '文件写在哪里，须是新的或空的: where the files are written; must be new or empty')
    .option('--preset <name>', '预设的难易和特点: typical, hard, no-id, minority, clean, rural', 'typical')
    .option('--rates <file>', '改变预设差错率的文件: JSON file with rates that differ from the preset (docs/synth.md)')
    .option('--headers <style>', '表头写法: canonical, zh or police', 'canonical')
    .option('--encoding <name>', '文件编码: utf-8, utf-8-bom, gb18030 or utf-16le', 'utf-8')
    .option(
      '--check-blocks <file>',
      '另造这些小区的抽查样本: also a check sample of these blocks (bidui check-sample draw)',
    )
    .addHelpText(
      'after',
      `
Example 示例:
  bidui synth --people 850000 --seed 7 --out county
        五份登记簿，people.csv（谁是谁）、findings.csv（该查出什么）
        five registers, people.csv (who is who), findings.csv (what to find)

人都是虚构的，号码不可能属于真人。
Everybody is invented; the ID numbers have area codes that were abolished before
the birth dates, so that no number can belong to a real person.`,
    )
    .action(async (options: SynthCommandOptions) => {
      const { rates, checkBlocks, ...rest } = options
      const summary = await makeCounty({
        ...rest,
        ...(rates === undefined ? {} : { rates: readRates(rates) }),
        ...(checkBlocks === undefined ? {} : { checkBlocks: readBlocks(checkBlocks) }),
      })
      const n = (value: number): string => countText(value).padStart(11)
      const lines = Object.entries(summary.rows).map(([register, rows]) => `${register.padEnd(34)}${n(rows)} rows 行`)
      lines.push(`${padCellsEnd('people 人', 34)}${n(summary.people)}`, '', 'What must be found 应查出的问题:')
      for (const [code, count] of Object.entries(summary.findings)) lines.push(`  ${code.padEnd(32)}${n(count)}`)
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

/** A file of rates, or the rates.json of another county. */
function readRates(path: string): Readonly<Record<string, number>> {
  const refuse = (cause?: unknown): BiduiError =>
    new BiduiError('E175', EXIT.config, `${path}: 不是 JSON 的比率文件 · not a JSON file of rates.`, {
      advice:
        '请写成 · write {"census.id.missing": 0.01}, 或给出另一县的 rates.json · or give the rates.json of another county.',
      cause,
    })
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw refuse(cause)
  }
  const rates = typeof read === 'object' && read !== null && 'rates' in read ? read.rates : read
  if (typeof rates !== 'object' || rates === null || Array.isArray(rates)) throw refuse()
  return rates as Readonly<Record<string, number>>
}
