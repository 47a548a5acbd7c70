import { Command, Option } from 'commander'
import { describe, expect, test } from 'vitest'
import { useUsageWords } from '../../src/commands/command-line/usage-words.ts'

/** What a command line is answered with. */
function said(...args: string[]): string {
  const words: string[] = []
  const program = new Command('bidui')
  const run = program.command('run <job>').addOption(new Option('--police <file>').argParser(checked)).action(nothing)
  const answers = program.command('answers')
  answers.command('import <run>').requiredOption('--key <file>').action(nothing)
  useUsageWords(program)
  for (const command of [program, run, answers, ...answers.commands])
    command.exitOverride().configureOutput({ writeErr: (text) => words.push(text) })
  expect(() => program.parse(args, { from: 'user' })).toThrow()
  return words.join('')
}

const nothing = (): void => undefined

function checked(value: string): string {
  if (value !== '7') return value
  const error = new Error('A file is wanted.') as Error & { code: string }
  error.code = 'commander.invalidArgument'
  throw error
}

describe('a command line that cannot be read is answered in both languages, with a code and where the usage stands', () => {
  test.each([
    [['rnu'], '[E401] rnu: 没有这个命令 · unknown command. 是否指 · Did you mean run? 用法 · Usage: bidui --help\n'],
    [
      ['run', 'x', '--polcie', 'y'],
      '[E401] --polcie: 没有这个选项 · unknown option. 是否指 · Did you mean --police? 用法 · Usage: bidui run --help\n',
    ],
    [['run', 'x', '--police'], '[E401] --police <file>: 缺少取值 · argument missing. 用法 · Usage: bidui run --help\n'],
    [
      ['run', 'x', '--police', '7'],
      '[E401] --police <file> 7: 取值无效 · is invalid. A file is wanted. 用法 · Usage: bidui run --help\n',
    ],
    [['run'], '[E401] <job>: 缺少参数 · missing required argument. 用法 · Usage: bidui run --help\n'],
    [
      ['run', 'a', 'b'],
      '[E401] 参数过多 · too many arguments. Expected 1 argument but got 2. 用法 · Usage: bidui run --help\n',
    ],
    [
      ['answers', 'returned.xlsx'],
      '[E401] returned.xlsx: 没有这个命令 · unknown command. bidui answers 的命令 · the commands of bidui answers: import. 用法 · Usage: bidui answers --help\n',
    ],
    [
      ['answers', 'import', 'r'],
      '[E401] --key <file>: 必须给出 · required option not specified. 用法 · Usage: bidui answers import --help\n',
    ],
  ])('%j', (args, words) => {
    expect(said(...args)).toBe(words)
  })
})
