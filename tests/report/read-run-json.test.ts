import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readManifest } from '../../src/commands/open-run.ts'
import { BiduiError } from '../../src/errors.ts'

test('a manifest cut short is told in words with status 65', () => {
  const directory = mkdtempSync(join(tmpdir(), 'bidui-run-'))
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
