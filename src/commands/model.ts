/** `bidui model RUN`: the model of a run: λ, m, u and weights of every level, error rates per threshold; saved to a file. */
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { formatThresholdRates, thresholdRates } from '../evaluate/threshold-rates.ts'
import type { CountyModel } from '../matching/county-model.ts'
import { countyModelText, readCountyPins } from '../matching/weigh/county-model-file.ts'
import { cannotWrite, isOutOfRoom } from '../report/run-directory/run-directory.ts'
import { writeWhole } from '../report/run-directory/staging.ts'
import { refuseToReplace } from './command-line/may-replace.ts'
import { describeModel } from './model/model-text.ts'
import { relinkRun } from './opened-run/open-run.ts'

export function registerModel(program: Command): void {
  program
    .command('model')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .summary('模型参数: the model of a run: λ, m, u and match weights of every comparison level')
    .description(
      '模型参数: 批次所用的模型：先验 λ，每一比较等级的 m、u 和权重，估计的错关联率。\n' +
        'The model of a run: λ, m, u and match weights of every comparison level, estimated error rates.',
    )
    .option('--json', '以 JSON 输出: machine-readable')
    .option('--save <file>', '保存模型，供 `bidui run --model` 沿用: write the model for `bidui run --model FILE`')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui model run1
        每种一致值多少，估计错关联多少
        what each agreement is worth, and how wrong the links are by estimate
  bidui model run1 --save model.json
  bidui run … --model model.json
        同一模型用于别的数据；删去的部分重新估计
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
          '请给出可写文件夹里的文件名，并检查磁盘空间 · name a file in a folder that may be written to; is the disk full?',
        cause,
      },
    )
  }
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? String(cause)
}
