import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { displayWidth } from '../../src/display-text.ts'
import { GROUPS, registerCommands } from '../../src/commands/index.ts'
import { programIn } from '../support/program.ts'

/** The help is read in terminals of eighty columns. */
const WIDTH_MAX = 80
const bidui = programIn(import.meta.dirname)

for (const [name, { term, description }] of Object.values(GROUPS).flatMap((group) => Object.entries(group)))
  test(`the help's line of ${name} is what its file says`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    expect(program.commands.map((command) => command.name())).toEqual([name])
    const help = program.createHelp()
    expect([help.subcommandTerm(program.commands[0]), help.subcommandDescription(program.commands[0])]).toEqual([
      term,
      description,
    ])
  })

/** All that `--help` of a command prints, with what stands below the options. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) })
  command.outputHelp()
  return text
}

for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group)))
  test(`the help of ${name} and of what is below it shows an example, in eighty columns`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    const [command] = program.commands
    for (const one of command.commands.length === 0 ? [command] : command.commands) {
      const help = helpOf(one)
      expect(help).toMatch(new RegExp(`^Examples? 示例:\n(?:.*\n)* +bidui .*${one.name()}`, 'm'))
      expect(help).not.toMatch(/\n\n\n|\n\n$/)
      expect(help.split('\n').filter((line) => displayWidth(line) > WIDTH_MAX)).toEqual([])
    }
  })

/** What is said below each example. */
function saidOfExamples(help: string): string[] {
  const examples = /^Examples? 示例:\n((?: .*\n?)+)/m.exec(help)?.[1] ?? ''
  return examples.split(/^ {2}(?=bidui )/m).map((example) => example.replace(/^bidui (?:.*\\\n)*.*/, ''))
}

for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group)))
  test(`the examples of ${name} are explained in Chinese and in English`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    const [command] = program.commands
    for (const one of command.commands.length === 0 ? [command] : command.commands) {
      const said = saidOfExamples(helpOf(one)).filter((text) => text.trim() !== '')
      expect(said.length).toBeGreaterThan(0)
      expect(said.filter((text) => !/\p{Script=Han}/u.test(text) || !/[a-z]{3,}/i.test(text))).toEqual([])
    }
  })

/** Commands below commands are commands too. */
function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

/**
 * Words of the English text for one Han character of the Chinese, at most. Whoever reads only Chinese is told what whoever reads
 * only English is told; a heading of two or four characters before an English sentence tells less.
 */
const WORDS_PER_CHARACTER_MAX = 2

/** What a text says in the one language and in the other, without values, names of files and what stands in brackets. */
function isSaidInBoth(text: string): boolean {
  const plain = text.replace(/\([^)]*\)|`[^`]*`/g, '')
  const characters = plain.match(/\p{Script=Han}/gu)?.length ?? 0
  const words = plain.match(/[A-Za-z’'-]{2,}/g)?.length ?? 0
  return words > 0 && words <= WORDS_PER_CHARACTER_MAX * characters
}

for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group)))
  test(`the help of ${name} says in Chinese as much as in English of what it, its arguments and its options are for`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    const help = program.createHelp()
    const said = program.commands
      .flatMap(withSubcommands)
      .flatMap((command) => [
        [command.name(), command.description()],
        ...command.registeredArguments.map((one) => [`${command.name()} ${one.name()}`, one.description]),
        ...help.visibleOptions(command).map((one) => [`${command.name()} ${one.flags}`, one.description]),
      ])
    expect(said.filter(([, text]) => !isSaidInBoth(text))).toEqual([])
  })

/** Paragraphs of a help that are neither lists nor examples. */
function notesOf(help: string): string[] {
  return help
    .split(/\n\n(?!\s)/)
    .filter((paragraph) => !/^(?:Usage|Arguments?|Options|Commands|Examples?) /.test(paragraph))
}

for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group)))
  test(`what the help of ${name} notes is noted in Chinese and in English`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    const notes = program.commands.flatMap(withSubcommands).flatMap((command) => notesOf(helpOf(command)))
    expect(notes.filter((text) => !/(?:\p{Script=Han}[^]*){4}/u.test(text) || !/[a-z]{3,}/i.test(text))).toEqual([])
  })

for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group)))
  test(`the list of commands has a line of ${name} and of what is below it in Chinese and in English`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    const help = program.createHelp()
    const said = [program, ...program.commands.flatMap(withSubcommands)].flatMap((command) =>
      help.visibleCommands(command).map((one) => [one.name(), help.subcommandDescription(one)]),
    )
    expect(said.length).toBeGreaterThan(0)
    expect(said.filter(([, text]) => !/\p{Script=Han}/u.test(text) || !/[a-z]{3,}/i.test(text))).toEqual([])
  })

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url))
const PAGES = readdirSync(DOCS).filter((name) => name.endsWith('.md'))
const documented = PAGES.map((name) => readFileSync(join(DOCS, name), 'utf8')).join('\n')

/** What stands in the documents of every command, and needs no telling of each. */
const EVERYWHERE = ['--help']

for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group)))
  test(`docs/ tell of ${name} and of each of its options`, async () => {
    const program = new Command()
    await registerCommands(program, [name])
    const options = program.commands.flatMap(withSubcommands).flatMap((command) => command.options)
    const words = options.map(({ long }) => long ?? '').filter((long) => !EVERYWHERE.includes(long))
    expect([`bidui ${name}`, ...words].filter((word) => !documented.includes(word))).toEqual([])
  })

test.each(PAGES)('%s says at its beginning for whom it is', (page) => {
  const [, ...paragraphs] = readFileSync(join(DOCS, page), 'utf8').split('\n\n')
  expect(paragraphs.slice(0, 2).join('\n')).toMatch(/^\*?For | to reviewers/m)
})

test('the help of all commands is made without their files, the help of one with its own', async () => {
  const program = new Command()
  await registerCommands(program, ['--help'])
  expect(program.commands.flatMap(({ options }) => options)).toEqual([])
  for (const group of Object.values(GROUPS))
    for (const { term } of Object.values(group))
      expect(program.helpInformation()).toContain(`  ${term.replace(' [options]', '')} `)
  for (const line of program.helpInformation().split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(WIDTH_MAX)
  const one = new Command()
  await registerCommands(one, ['help', 'run'])
  expect(one.commands[0].options.length).toBeGreaterThan(5)
})

test.each([['rn'], ['rn', '--help']])(
  'a misspelt command (%s %s) is told the near one and leaves with 64',
  (...args) => {
    const { status, err } = bidui(...args)
    expect(status).toBe(64)
    expect(err).toContain('run')
  },
)
