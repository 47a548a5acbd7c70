import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RunSource } from '../../../src/report/lists/run-source.ts'
import { readManifest, refuseLaterRun } from '../../../src/report/run-directory/read-manifest.ts'
import { BiduiError } from '../../../src/errors.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

test('a manifest cut short is told in words with status 65', () => {
  const directory = temporaryFolder('bidui-run')
  writeFileSync(join(directory, 'manifest.json'), '{"inputs": [{"na')
  let thrown: unknown
  try {
    readManifest(directory)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(BiduiError)
  expect(thrown).toMatchObject({ code: 'E109', exitStatus: 65 })
  expect((thrown as BiduiError).message).toMatch(/manifest\.json.*run the county again/)
})

test('a manifest of a later version, or one that is none, is refused as that; an early one is filled in', () => {
  const directory = temporaryFolder('bidui-run')
  const read = (value: unknown): unknown => {
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(value))
    return readManifest(directory)
  }
  const early = { schema: 1, inputs: [], settings: { reference_date: '2020-11-01' } }
  expect(read(early)).toMatchObject({ settings: { as_of: {}, area: [], columns: {}, decisions: '' } })
  expect(() => read({ ...early, schema: 2, versions: { bidui: '9.0.0' } })).toThrow(/\[E410\].*9\.0\.0/)
  for (const none of [{}, [], null, { schema: 1, inputs: [] }]) expect(() => read(none)).toThrow('[E109]')
})

test('who reads run.sqlite alone refuses a later version too, and nothing else', () => {
  const directory = temporaryFolder('bidui-run')
  expect(() => refuseLaterRun(directory)).not.toThrow()
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ schema: 1 }))
  expect(() => refuseLaterRun(directory)).not.toThrow()
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ schema: 2, versions: { bidui: '9.0.0' } }))
  expect(() => refuseLaterRun(directory)).toThrow(/\[E410\].*9\.0\.0/)
  expect(() => new RunSource(directory)).toThrow(/\[E410\].*9\.0\.0/)
})
