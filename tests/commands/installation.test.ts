import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemError } from '../../src/commands/command-line/system-error.ts'
import { BiduiError, EXIT } from '../../src/errors.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a native module of another Node is told as that, with what mends it', () => {
  const path = join(temporaryFolder('bidui-native'), 'module.node')
  writeFileSync(path, 'built for another machine')
  let refused: unknown
  try {
    process.dlopen({ exports: {} }, path)
  } catch (error) {
    refused = error
  }
  const told = systemError(refused)
  if (!(told instanceof BiduiError)) throw refused
  expect(told).toMatchObject({ code: 'E701', exitStatus: EXIT.config })
  expect(told.message).toContain(process.version)
  expect(told.message).toContain('npm rebuild better-sqlite3')
  expect(told.message).not.toContain(path)
})

test('any other error is a bug as before', () => {
  const bug = new Error('row 7')
  expect(systemError(bug)).toBe(bug)
  expect(systemError('no error')).toBe('no error')
})
