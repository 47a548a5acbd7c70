/**
 * `bidui check-sample`: 质量抽查. `draw` takes census blocks by a seed; `measure` holds an independent re-enumeration of
 * them against the census: 漏登率, 重登率, 差错率 with intervals. No register and no run is changed.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { padCellsEnd } from '../display-text.ts'
import type { Command } from 'commander'
import { addLinkErrorRates, checkLinkErrorRates, type LinkErrorRates } from './command-line/link-error-rates.ts'
import { numberOption } from './command-line/number-option.ts'
import { BiduiError, EXIT } from '../errors.ts'
import {
  type CheckItem,
  type CheckSample,
  drawBlocks,
  drawOnePerVillage,
  type EnumeratedRow,
  measureCheckSample,
  type Share,
} from '../findings/coverage/index.ts'
import { ingestRegisters } from '../ingest/index.ts'
import { foldName } from '../normalise/name.ts'
import { monthOf, type RecordTable, yearOf } from '../records/record-table.ts'
import { CENSUS } from '../registers/columns.ts'
import { readArrow } from '../report/arrow.ts'
import { fractionOf } from '../review/queue/hash.ts'
import { runFile } from '../store/run-file.ts'
import { WorkerPool } from '../workers/pool.ts'
import { orderOf, withNotice, writeCsvText } from './audit-forms.ts'
import { partnersOf } from './check-sample/check-sample-links.ts'
import { readManifest } from '../report/run-directory/read-manifest.ts'

interface DrawOptions {
  readonly blocks?: number
  readonly perVillage?: boolean
  readonly seed: string
  readonly out?: string
}

interface MeasureOptions extends LinkErrorRates {
  readonly blocks?: string
  readonly out?: string
  readonly json?: boolean
  readonly purpose?: string
  readonly authorisation?: string
}

/** Below this many people a rate would speak of persons. */
const PEOPLE_MIN = 10
const BLOCK_HEADER = '普查小区'

export function registerCheckSample(program: Command): void {
  const command = program
    .command('check-sample')
    .summary('质量抽查: draw census blocks, and measure the census by them')
    .description(
      '质量抽查: 独立复查抽中的普查小区，再与普查对照；绝不改动原表。\n' +
        'An independent check of drawn 普查小区. Original forms are never altered.',
    )

  command
    .command('draw')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .summary('抽取普查小区，同一种子抽出同样的小区: draws census blocks by a seed; the same seed draws the same blocks')
    .description(
      '抽取普查小区，同一种子抽出同样的小区。\n' +
        'Draws census blocks by a seed; the same seed draws the same blocks.',
    )
    .option('--blocks <n>', '抽几个小区: how many blocks', numberOption)
    .option('--per-village', '每个普查区抽一个小区: one block of each 普查区 (village) instead')
    .requiredOption(
      '--seed <text>',
      '随机种子，请记下，凭它可以重抽: write it down: with it the draw can be made again',
    )
    .option(
      '--out <file>',
      '写到这个新文件，不给则打印: write the CSV there, which must be new (default: standard output)',
    )
    .addHelpText(
      'after',
      '\nExample 示例:\n  bidui check-sample draw run1 --blocks 20 --seed 2020-11-26 --out blocks.csv\n        抽 20 个普查小区；同一种子抽出同样的小区\n        twenty blocks; the same seed draws the same ones',
    )
    .action((run: string, options: DrawOptions) => {
      const drawn = draw(censusBlocks(run), options)
      writeCsvText([[BLOCK_HEADER, '普查区'], ...drawn.map((block) => [block, block.slice(0, 12)])], options.out)
    })

  const measuring = command
    .command('measure')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .argument('<sample...>', '抽查的登记，可多个文件: files of the re-enumeration')
    .summary(
      '对照抽查结果，算漏登率、重登率、差错率: holds the re-enumeration against the census: 漏登率, 重登率, 差错率',
    )
    .description(
      '拿抽查的登记与普查对照，算出漏登率、重登率、差错率。\n' +
        'Holds the re-enumeration against the census: shares missed, duplicated, in error.',
    )
    .option(
      '--blocks <file>',
      '抽中的小区，即 draw 写的文件: the drawn blocks, as `draw` wrote them (default: those of the sample)',
    )
  addLinkErrorRates(measuring)
    .option('--out <file>', '需复看的个案，写到这个新文件: write the cases to look at again as CSV, which must be new')
    .option(
      '--purpose <text>',
      '用途，写在 --out 的文件里: with --out: purpose that stands in the file (default: the run’s)',
    )
    .option(
      '--authorisation <number>',
      '授权编号，写在 --out 的文件里: with --out: authorisation number (default: the run’s)',
    )
    .option('--json', '以 JSON 输出，不含个案: machine-readable, without the cases')
    .addHelpText(
      'after',
      `
抽查结果是一份按短表列名的个人记录；关联时不看批次的问题和裁决。
The sample is a file of person rows with the columns of the short form
(普查小区码, 户编号, 姓名, 公民身份号码, 性别, 出生年月, 普查时点居住地 …).
It is linked blind: findings and verdicts of the run are not looked at.

Example 示例:
  bidui check-sample measure run1 check.csv --blocks blocks.csv --out cases.csv
        漏登率、重登率、差错率；逐人的情况写入 cases.csv
        the rates; cases.csv has the people behind them`,
    )
    .action(async (run: string, files: readonly string[], options: MeasureOptions) => {
      checkLinkErrorRates(options)
      const order = options.out === undefined ? undefined : orderOf(run, options)
      const { result, notes } = await measure(run, files, options)
      if (order !== undefined) writeCsvText(withNotice(caseLines(result), order), options.out)
      const { cases: _, ...figures } = result
      process.stdout.write(options.json === true ? `${JSON.stringify(figures, null, 2)}\n` : formatCheckSample(result))
      for (const note of notes) process.stderr.write(`${note}\n`)
    })
}

function draw(blocks: readonly string[], { blocks: wanted, perVillage, seed }: DrawOptions): readonly string[] {
  const fraction = (block: string): number => fractionOf(block, seed)
  if (perVillage === true) return drawOnePerVillage(blocks, fraction)
  if (wanted === undefined || !Number.isInteger(wanted) || wanted < 1 || wanted > blocks.length)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--blocks: 应为 1 至 ${blocks.length} 的整数 · a whole number from 1 to ${blocks.length} is wanted.`,
      {
        advice:
          '本次普查只有这么多小区；用 --per-village 则每个普查区抽一个 · this census has that many blocks; --per-village draws one of each 普查区.',
      },
    )
  return drawBlocks(blocks, fraction).slice(0, wanted).sort()
}

/** Codes of all blocks of the run's census, sorted. */
function censusBlocks(run: string): readonly string[] {
  const path = runFile(run, 'records.arrow')
  const records = readArrow(path)
  const [register, area, block] = ['register', 'area_code', 'block_plus_1'].map((name) => records.getChild(name))
  const found = new Set<string>()
  for (let row = 0; row < records.numRows; row++) {
    if (String(register?.get(row)) !== 'census') continue
    const [village, number] = [String(area?.get(row) ?? ''), Number(block?.get(row) ?? 0)]
    if (village.length === 12 && number > 0) found.add(village + String(number - 1).padStart(3, '0'))
  }
  return [...found].sort()
}

async function measure(
  run: string,
  files: readonly string[],
  options: MeasureOptions,
): Promise<{ readonly result: CheckSample; readonly notes: readonly string[] }> {
  const manifest = readManifest(run)
  const originals = manifest.inputs.filter(({ register }) => register === 'census')
  const pool = new WorkerPool()
  try {
    const census = await enumerated(
      originals.map(({ path }) => path),
      pool,
    )
    for (const file of census.files)
      if (!originals.some(({ sha256 }) => sha256 === file.sha256))
        throw new BiduiError(
          'E127',
          EXIT.noInput,
          `${basename(file.path)}: 运行之后文件已变化 · has changed since this run.`,
          {
            advice: '请用现在的文件重新运行 · run again on the file as it is now.',
          },
        )
    const sample = await enumerated(files, pool)
    const came = new Set(sample.rows.map(({ block }) => block))
    const drawn = options.blocks === undefined ? [...came].sort() : readBlocks(options.blocks)
    const notes: string[] = []
    const silent = drawn.filter((block) => !came.has(block))
    // A block nobody went to says nothing of the census.
    if (silent.length > 0) notes.push(`抽中而无抽查记录的小区 drawn, nothing came back: ${silent.join(' ')}`)
    const outside = sample.rows.filter(({ block }) => !drawn.includes(block)).length
    if (outside > 0) notes.push(`不在抽中小区的抽查记录 sample rows outside the drawn blocks, left out: ${outside}`)
    if (sample.quarantined > 0)
      notes.push(`未能读入的抽查记录 sample rows that could not be read: ${sample.quarantined}`)
    const blocks = drawn.filter((block) => came.has(block))
    const rows = sample.rows.filter(({ block }) => blocks.includes(block))
    const result = measureCheckSample({
      blocks,
      sample: rows,
      census: census.rows,
      partners: partnersOf(rows, census.rows),
      blocksInAll: new Set(census.rows.map(({ block }) => block)).size,
      linkage: { missed: options.missedLinks, false: options.falseLinks },
    })
    if (result.met < PEOPLE_MIN)
      throw new BiduiError(
        'E311',
        EXIT.data,
        `抽中的小区里抽查到的不足 ${PEOPLE_MIN} 人 · the check met fewer than ${PEOPLE_MIN} people in the drawn blocks.`,
        {
          advice:
            '请核对小区码是否与普查相同(15 位)、普查时点居住地是否填 1 · are the block codes those of the census (15 digits)? Is 普查时点居住地 filled with 1?',
        },
      )
    return { result, notes }
  } finally {
    await pool.close()
  }
}

interface Enumeration {
  readonly rows: readonly EnumeratedRow[]
  readonly files: RecordTable['files']
  readonly quarantined: number
}

async function enumerated(paths: readonly string[], pool: WorkerPool): Promise<Enumeration> {
  const inputs = paths.map((path) => ({ register: 'census' as const, path }))
  const { table, quarantine } = await ingestRegisters({ inputs, pool })
  const rows: EnumeratedRow[] = []
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) rows.push(enumeratedRow(table, row))
  return { rows, files: table.files, quarantined: quarantine.length }
}

function enumeratedRow(table: RecordTable, row: number): EnumeratedRow {
  const { area, block, residence, name, idNo, sex, birth, ethnicity, hukouPlace, awayDuration } = table.columns
  const code = (value: number): string => (value === 0 ? '' : String(value))
  const born = birth[row]
  return {
    key: table.recordId(row),
    block: block[row] === 0 ? '' : table.areaText(area[row]) + String(block[row] - 1).padStart(3, '0'),
    isPresent: residence[row] === 1,
    items: {
      name: foldName(table.names.text(name[row])),
      number: table.idText(idNo[row]),
      sex: code(sex[row]),
      birth: born === 0 ? '' : `${yearOf(born)}-${String(monthOf(born)).padStart(2, '0')}`,
      ethnicity: code(ethnicity[row]),
      hukou: code(hukouPlace[row]),
      duration: code(awayDuration[row]),
    },
  }
}

/** First column of the file that `draw` wrote, or one code a line. */
export function readBlocks(path: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new BiduiError('E101', EXIT.noInput, `${path}: 不能读取 · cannot be read.`, { cause })
  }
  const codes = text
    .split(/\r?\n/)
    .map((line) => line.split(',')[0].replaceAll(/[^\d]/g, ''))
    .filter((code) => code !== '')
  const wrong = codes.filter((code) => code.length !== 15).length
  if (codes.length === 0 || wrong > 0)
    throw new BiduiError(
      'E311',
      EXIT.data,
      `${basename(path)}: 有 ${wrong} 行不是 15 位小区码 · ${wrong} lines are no block codes of 15 digits.`,
      {
        advice: '请给出抽样写出的文件 · give the file that `bidui check-sample draw` wrote.',
      },
    )
  return [...new Set(codes)].sort()
}

const ITEM_WORDS: Readonly<Record<CheckItem, string>> = {
  name: '姓名',
  number: '公民身份号码',
  sex: '性别',
  birth: '出生年月',
  ethnicity: '民族',
  hukou: '户口登记地',
  duration: '离开时间',
}

const CASE_WORDS = {
  missed: '漏登',
  elsewhere: '登记在别处',
  'away-only': '只登记为外出',
  duplicate: '小区内重登',
  'duplicate-elsewhere': '与别处重登',
  'not-met': '多登待核',
  'item-error': '项目不符',
} as const

/** Record ids only: who they are stands on the forms. */
function caseLines({ cases }: CheckSample): readonly (readonly string[])[] {
  return [
    ['普查小区', '情况', '抽查记录', '普查记录', '不符项目'],
    ...cases.map(({ kind, block, sampleKey, censusKeys, items }) => [
      block,
      CASE_WORDS[kind],
      sampleKey,
      censusKeys.join(' '),
      items.map((item) => ITEM_WORDS[item]).join('、'),
    ]),
  ]
}

export function formatCheckSample(check: CheckSample): string {
  const { blocks, met, registered, both, notMet, estimate } = check
  const people = Math.round(estimate.population)
  const lines = [
    'Check sample 质量抽查',
    `  ${blocks} blocks 普查小区 · met 查到 ${met} · registered there 原登记现住 ${registered} · on both 两者都有 ${both}`,
    '',
    shareLine('漏登率 missed', check.missed, '漏登 ÷ (登记 + 漏登); no "present" row anywhere 全县无现住登记'),
    shareLine('小区漏登率 here', check.missedHere, 'with those listed elsewhere or as away 含登记在别处、只登记外出者'),
    shareLine('重登率 duplicate', check.duplicate, 'surplus rows ÷ registered 多余行 ÷ 登记'),
    shareLine(
      '差错率 any item',
      check.anyItem,
      'people with an item that differs ÷ people on both 有项目不符者 ÷ 两者都有',
    ),
    ...Object.entries(check.items)
      .filter(([, { of }]) => of >= PEOPLE_MIN)
      .map(([item, share]) => shareLine(`  ${ITEM_WORDS[item as CheckItem]}`, share)),
    '',
    `  多登待核 census rows not met: ${notMet} (dead, moved, counted wrongly, or missed by the check 亦可能是抽查未见)`,
    `  Estimate 双系统估计 ${people} people in these blocks 人 (95 % ${Math.round(estimate.low)}–${Math.round(estimate.high)})`,
    '',
    'Intervals 区间: 95 %, by block (neighbours resemble each other 同一小区的人相似); deff = design effect 设计效应.',
    'An interval speaks of the county only if the blocks were drawn by chance and the check was independent.',
    '抽中小区须随机，抽查须独立；结果不用于单个乡镇、小区或普查员，不修改原登记。',
  ]
  return `${lines.join('\n')}\n`
}

/** One rate a line, the columns one below the other: a Chinese character takes two of them. */
function shareLine(name: string, { rate, low, high, count, of, designEffect }: Share, means = ''): string {
  const permille = (share: number): string => (share * 1000).toFixed(2)
  const cells = [
    padCellsEnd(name, 18),
    `${permille(rate)}‰`.padStart(8),
    `(${permille(low)}–${permille(high)})`.padStart(17),
    `${count}/${of}`.padStart(11),
    `deff ${designEffect.toFixed(2)}`,
  ]
  return `  ${[...cells, means].join(' ').trimEnd()}`
}
