/** `bidui dedupe`: which records of one table are the same person or thing. */
import type { Command } from 'commander'
import { addTableOptions, runTableCommand, TABLE_HELP } from './link.ts'

export function registerDedupe(program: Command): void {
  addTableOptions(program.command('dedupe <file>'))
    .description('Find the records of one table that are the same person or thing')
    .addHelpText('after', TABLE_HELP)
    .action((file: string, options: Parameters<typeof runTableCommand>[1]) => runTableCommand([file], options))
}
