/** `bidui dedupe`: which records of one table are the same person or thing. */
import type { Command } from 'commander'
import { addTableOptions, runTableCommand, TABLE_HELP } from './link.ts'

export function registerDedupe(program: Command): void {
  addTableOptions(program.command('dedupe <file>'))
    .description('一表查重: find the records of one table that are the same person or thing')
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
