/** `bidui propose-spec`: what the columns of a table seem to hold, as a spec to read and correct. */
import type { Command } from 'commander'
import { proposalLines, proposeSpec } from '../tables/spec/propose-spec.ts'
import { NO_HEADER, readTableFiles } from './link.ts'

export function registerProposeSpec(program: Command): void {
  program
    .command('propose-spec')
    .argument('<left>', '要推测含义的一份表，可以是 CSV、XLSX 或 DBF 文件: a table (CSV, XLSX or DBF)')
    .argument('[right]', '要与它关联的另一份表: the table that it is to be linked to')
    .summary('推测列的含义: propose a spec for link or dedupe from headers and cells')
    .description(
      '推测列的含义: 看表头和单元格，写出 link、dedupe 要用的列说明，改正后再用。\n' +
        'Proposes a spec for link or dedupe from headers and cells: read it and correct it.',
    )
    .option('--no-header', NO_HEADER)
    .addHelpText(
      'after',
      `
Example 示例:
  bidui propose-spec people.csv > people.yaml
        看一遍，改正，再用于 bidui dedupe
        read it, correct it, then: bidui dedupe people.csv --spec people.yaml …`,
    )
    .action(async (left: string, right: string | undefined, options: { header?: boolean }) => {
      const tables = await readTableFiles([left, ...(right === undefined ? [] : [right])], options)
      process.stdout.write(`${proposalLines(proposeSpec(tables[0], tables[1])).join('\n')}\n`)
    })
}
