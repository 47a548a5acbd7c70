/**
 * What commander says of a command line that it cannot read, in the form and both languages of all other errors.
 *
 * In:  commander's text (`error: unknown option '--polcie'` and a line `(Did you mean --police?)`), the command as typed.
 * Out: `[E401] --polcie: 没有这个选项 · unknown option. 是否指 · Did you mean --police? 用法 · Usage: bidui run --help`.
 */
import type { Command } from 'commander'

/** Commander's text, what it is about, and what is said of that. Its own texts are kept in English, so they can be looked up. */
const WORDS: readonly (readonly [text: RegExp, says: string])[] = [
  [/^unknown command '(?<what>.*)'$/, '没有这个命令 · unknown command.'],
  [/^unknown option '(?<what>.*)'$/, '没有这个选项 · unknown option.'],
  [/^option '(?<what>.*)' argument missing$/, '缺少取值 · argument missing.'],
  [/^missing required argument '(?<argument>.*)'$/, '缺少参数 · missing required argument.'],
  [/^required option '(?<what>.*)' not specified$/, '必须给出 · required option not specified.'],
  [/^option '(?<what>.*' argument '.*)' is invalid\. (?<more>.*)$/, '取值无效 · is invalid.'],
  [/^too many arguments(?: for '.*')?\. (?<more>.*)$/, '参数过多 · too many arguments.'],
]

/** @param below names of the commands below this one; none where its help lists them in groups */
function usageWords(text: string, command: string, below: readonly string[]): string {
  const [first, ...rest] = text.trim().split('\n')
  const near = /^\(Did you mean (.*)\?\)$/.exec(rest.join(' ').trim())?.[1]
  const said = first.replace(/^error: /, '')
  const ends = [...(near === undefined ? [] : [`是否指 · Did you mean ${near}?`]), `用法 · Usage: ${command} --help`]
  for (const [pattern, says] of WORDS) {
    const { what, argument, more } = pattern.exec(said)?.groups ?? {}
    if (!pattern.test(said)) continue
    // As the help writes it: `right` alone reads as a word of the sentence.
    const subject = argument === undefined ? what?.replace("' argument '", ' ') : `<${argument}>`
    const about = subject === undefined ? '' : `${subject}: `
    if (text.includes('unknown command') && below.length > 0)
      ends.unshift(`${command} 的命令 · the commands of ${command}: ${below.join(', ')}.`)
    return `[E401] ${[about + says, ...(more === undefined ? [] : [more]), ...ends].join(' ')}\n`
  }
  return `[E401] ${[said, ...ends].join(' ')}\n`
}

/** Commands and subcommands say what is wrong with a command line in these words. */
export function useUsageWords(command: Command, above = ''): void {
  const name = `${above}${command.name()}`
  const below = above === '' ? [] : command.commands.map((sub) => sub.name())
  command.configureOutput({ outputError: (text, write) => write(usageWords(text, name, below)) })
  for (const sub of command.commands) useUsageWords(sub, `${name} `)
}
