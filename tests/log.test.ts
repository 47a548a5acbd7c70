import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BiduiError, EXIT } from '../src/errors.ts'
import { createLog } from '../src/log.ts'
import { temporaryFolder } from './support/temporary-folder.ts'
import { anyCharacter } from './support/any-character.ts'

/** Invented; each must never be seen in a log. */
const NAMES = ['彭文铭', '欧阳𬭎', '吐尔逊·买买提', '\ue123某']
const NUMBERS = [
  '513027199901010018',
  '51302719990101001X',
  '513027990101001',
  '５１３０２７１９９９０１０１００１８',
  '513027 19990101 0018',
]

function linesOf(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  write(createLog({ level: 'trace', into: { write: (line: string) => void (text += line) } }))
  return text
}

test('no name and no number gets into the log, by whichever way it is handed over', () => {
  const canaries = [...NAMES, ...NUMBERS]
  const text = linesOf((log) => {
    for (const canary of canaries) {
      log.info(canary)
      log.info(`linked ${canary} to somebody`)
      log.info('linked %s', canary)
      log.info({ name: canary, id_number: canary, rows: 3 }, 'row')
      log.info({ stage: canary, register: canary }, canary)
      log.info({ row: { name: canary }, rows: [canary] }, 'nested')
      log.info({ [canary]: 1 }, 'key')
      log.child({ name: canary, worker: 1 }).warn('child')
      log.error(new Error(`cannot read ${canary}`))
      log.error({ err: new Error(canary) }, canary)
      log.error({ cause: new TypeError(canary), err: new BiduiError('E118', EXIT.data, canary) })
      log.fatal(Number(canary))
      log.info({ total: Number(canary.replace(/\D/g, '')) }, 'number')
      const child = log.child({ worker: 2 })
      child.child({ address: canary, stage: canary }).info('grandchild')
      child.setBindings({ name: canary })
      child.info('bound')
    }
  })
  expect(text.split('\n').length).toBeGreaterThan(canaries.length * 12)
  for (const canary of canaries)
    for (const part of canary.split(/[·\s]/)) if (part.length > 1) expect(text).not.toContain(part)
  expect(text).not.toMatch(/\d{15}/)
})

test('no Chinese character of any text survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.integer({ min: 0x4e00, max: 0x9fff }), (text, point) => {
      const name = String.fromCodePoint(point)
      expect(linesOf((log) => log.info({ stage: text + name }, name + text))).not.toMatch(/\p{Script=Han}/u)
    }),
  )
})

test('what a run may say of itself is kept: counts, codes, stages, kinds of errors and where they arose', () => {
  const [line] = linesOf((log) =>
    log.error({ stage: 'ingest', rows: 1_742_549, code: 'E118', err: new RangeError('secret') }, 'stage failed'),
  ).split('\n')
  const entry = JSON.parse(line) as Record<string, unknown>
  expect(entry).toMatchObject({ level: 'error', stage: 'ingest', rows: 1_742_549, code: 'E118', msg: 'stage failed' })
  expect(entry.err).toMatchObject({ type: 'RangeError' })
  expect((entry.err as { stack: string[] }).stack[0]).toContain('log.test.ts')
  expect(line).not.toContain('secret')
})

test('a message for people keeps its words', () => {
  const error = new BiduiError('E118', EXIT.data, 'census.csv: column block_code is missing.')
  expect(linesOf((log) => log.error(error))).toContain('column block_code is missing')
})

test('a log file is readable by its owner alone, and a level that does not exist is refused', () => {
  const file = join(temporaryFolder('bidui-log'), 'run.jsonl')
  const log = createLog({ level: 'warn', file })
  log.info('not asked for')
  log.warn('asked for')
  expect(readFileSync(file, 'utf8').split('\n').length).toBe(2)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(() => createLog({ level: 'loud' as never })).toThrow(/E401/)
})
