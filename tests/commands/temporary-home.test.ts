import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { PREFIX, removeAbandoned } from '../support/temporary-home.ts'

test('tests and the programs they start make their folders in one place that is removed after them', () => {
  expect(basename(tmpdir())).toMatch(new RegExp(`^${PREFIX}\\d+$`))
  const child = spawnSync(process.execPath, ['-p', 'require("node:os").tmpdir()'], { encoding: 'utf8' })
  expect(child.stdout.trim()).toBe(tmpdir())
})

test('the place of a test run that was killed is removed by the next one, that of one on its way is not', () => {
  const system = mkdtempSync(join(tmpdir(), 'system-'))
  const gone = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim()
  const names = [`${PREFIX}${gone}`, `${PREFIX}${process.pid}`, `${PREFIX}others`]
  for (const name of names) mkdirSync(join(system, name))
  removeAbandoned(system)
  expect(names.map((name) => existsSync(join(system, name)))).toEqual([false, true, true])
})
