/** `bidui dedupe`: which records of one table are the same person or thing. */
import type { Command } from 'commander'
import { addTableOptions, runTableCommand, TABLE_HELP } from './link.ts'

export function registerDedupe(program: Command): void {
  addTableOptions(
    program
      .command('dedupe')
      .argument('<file>', '要查重的表，可以是 CSV、XLSX 或 DBF 文件: the table (CSV, XLSX or DBF)'),
  )
    .summary('一表查重: find the records of one table that are the same person or thing')
    .description(
      '一表查重: 任意一份表，找出哪些记录是同一人或同一事物；不需要训练数据。\n' +
        'Finds the records of one table that are the same person or thing, without training data.',
    )
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui dedupe people.csv --spec people.yaml --out cleaned
        表中谁出现了两次
        who stands in the table twice
  bidui dedupe people.csv --spec auto --out cleaned --explain rec-3 rec-9
        列的含义由程序推测；并解释这两条为何是或不是一个
        columns guessed; and why these two are one, or are not
${TABLE_HELP}`,
    )
    .action((file: string, options: Parameters<typeof runTableCommand>[1]) => runTableCommand([file], options))
}
