/** The commands that the documents show are commands of the program, with its options; the codes they name are its codes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { GROUPS, registerCommands } from '../../src/commands/index.ts'

const root = join(import.meta.dirname, '..', '..')
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))].filter((name) =>
  name.endsWith('.md'),
)
const commands = new Map<string, Command>()
for (const name of Object.values(GROUPS).flatMap((group) => Object.keys(group))) {
  const program = new Command()
  await registerCommands(program, [name])
  commands.set(name, program.commands[0])
}

/** Of each `bidui …` that stands in a page as code: its words, without what only explains. */
function shownCommands(page: string): readonly string[][] {
  const text = readFileSync(join(root, page), 'utf8')
  const fenced = [...text.matchAll(/^```\w*\n([^]*?)^```/gm)].flatMap(([, code]) =>
    code.replaceAll(/\\\n/g, ' ').split('\n'),
  )
  const inline = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code)
  return [...fenced, ...inline].flatMap((code) => {
    const [, words] = /(?:^|&& )bidui ([a-z].*)/.exec(code.trim()) ?? []
    return words === undefined
      ? []
      : [
          words
            .replace(/\s(?:#|&&|\|\|).*$/, '')
            .trim()
            .split(/\s+/),
        ]
  })
}

/** What is wrong with a command, '' if nothing is. */
function wrongWith([name, second, ...rest]: readonly string[]): string {
  const outer = commands.get(name)
  if (outer === undefined) return `no command ${name}`
  const command = outer.commands.find((one) => one.name() === second) ?? outer
  const known = new Set(['--help', ...command.options.flatMap(({ long, short }) => [long, short])])
  const unknown = [second ?? '', ...rest].filter((word) => /^--?[a-z]/.test(word) && !known.has(word))
  return unknown.map((option) => `${name} has no ${option}`).join(', ')
}

test.each(pages)('the commands of %s are those of the program', (page) => {
  expect(
    shownCommands(page)
      .map(wrongWith)
      .filter((wrong) => wrong !== ''),
  ).toEqual([])
})

test('the operator’s guide shows at least one command of each kind', () => {
  const shown = new Set(shownCommands('docs/operator-guide.md').map(([name]) => name))
  for (const name of [
    'doctor',
    'blocks',
    'run',
    'person',
    'explain',
    'review',
    'lists',
    'answers',
    'report',
    'compare',
  ])
    expect(shown).toContain(name)
})

test('the codes that documents name are codes of the program', () => {
  const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
    .join('\n')
  const known = new Set(source.match(/E[1-7]\d\d/g))
  for (const page of pages) {
    const named = [...new Set(readFileSync(join(root, page), 'utf8').match(/\bE[1-7]\d\d\b/g) ?? [])]
    expect(named.filter((code) => !known.has(code))).toEqual([])
  }
})
