/**
 * How wrong linking was, as a clerical sample told: two options of every command that corrects counts by it.
 *
 * In:  shares of true matches not linked and of links that are false. Out: refused (64) where one is no share.
 */
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../../errors.ts'
import { numberOption } from './number-option.ts'

export interface LinkErrorRates {
  readonly missedLinks: number
  readonly falseLinks: number
}

export function addLinkErrorRates(command: Command): Command {
  return command
    .option(
      '--missed-links <share>',
      '漏关联占真匹配的比例，来自人工抽查: share of true matches not linked, from a clerical sample',
      numberOption,
      0,
    )
    .option(
      '--false-links <share>',
      '错关联占全部关联的比例，来自人工抽查: share of links that are false, from a clerical sample',
      numberOption,
      0,
    )
}

export function checkLinkErrorRates({ missedLinks, falseLinks }: LinkErrorRates): void {
  for (const [name, rate] of [
    ['--missed-links', missedLinks],
    ['--false-links', falseLinks],
  ] as const)
    if (!(rate >= 0 && rate < 1))
      throw new BiduiError(
        'E401',
        EXIT.usage,
        `${name}: 应为 0 至不足 1 的比例 · a share from 0 to below 1 is wanted, such as 0.004.`,
      )
}
