import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsFrom } from '../../src/commands/register-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'bidui-job-'))

test('a job file names the earlier run from where it lies, and an authorisation of digits is a text', async () => {
  const job = join(folder, 'job.yaml')
  writeFileSync(
    job,
    'police: huji.csv\nanswers: last-night\nstop_on_loss: true\nout: run\npurpose: 比对\nauthorisation: 20201101\n',
  )
  writeFileSync(join(folder, 'huji.csv'), 'record_id,name\n')
  const settings = await settingsFrom({}, job)
  expect(settings.answers).toBe(join(folder, 'last-night'))
  // What the night before was is known by its answers.
  expect([settings.previous, settings.stopOnLoss]).toEqual([join(folder, 'last-night'), true])
  expect(settings.authorisation).toBe('20201101')
  expect((await settingsFrom({ answers: 'given' }, job)).answers).toBe('given')
})

test('without a job file and the option there is no earlier run', async () => {
  expect((await settingsFrom({ police: [join(folder, 'huji.csv')] }, undefined)).answers).toBeUndefined()
})

test('an empty path is no path: it would be the folder of the job file', async () => {
  for (const line of ['police: ""', 'out: " "', 'police: [a.csv, ""]']) {
    const job = join(folder, 'empty.yaml')
    writeFileSync(job, `census: c.csv\n${line}\n`)
    await expect(settingsFrom({}, job)).rejects.toThrow(`${line.split(':')[0]}: 路径是空的`)
  }
})
