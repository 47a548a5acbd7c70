import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { registerBlocks } from '../../src/commands/blocks.ts'
import { refuseLooseFiles, settingsFrom } from '../../src/commands/run/register-options.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('bidui-job')

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

const POLICE = 'record_id,id_number,name,sex,birth_date,household_no,area_code\n'

test('a folder given as the job file is told as one, with the registers in it by their headers', async () => {
  const county = join(folder, 'county 县')
  mkdirSync(county)
  writeFileSync(join(county, 'huji.csv'), POLICE)
  writeFileSync(join(county, '户籍二.txt'), '公民身份号码\t姓名\t性别\t出生日期\t户号\t户籍地区划\n')
  writeFileSync(join(county, 'notes.csv'), 'a,b\n1,2\n')
  writeFileSync(join(county, 'birth.xlsx'), 'PK')
  const refused = settingsFrom({}, county)
  await expect(refused).rejects.toMatchObject({ code: 'E104', exitStatus: 66 })
  await expect(refused).rejects.toThrow('是文件夹')
  await expect(refused).rejects.toThrow(
    `--police '${join(county, 'huji.csv')}' --police '${join(county, '户籍二.txt')}'; 工作簿`,
  )
  await expect(refused).rejects.toThrow('birth.xlsx')
  await expect(refused).rejects.not.toThrow('notes.csv')
})

test('a register given as the job file is told with the option it wants', async () => {
  const path = join(folder, 'huji.csv')
  writeFileSync(path, POLICE)
  await expect(settingsFrom({}, path)).rejects.toMatchObject({
    code: 'E401',
    exitStatus: 78,
    advice: expect.stringContaining(`--police ${path}`) as string,
  })
  await expect(settingsFrom({}, path)).rejects.toThrow('是户籍 · the police register')
  writeFileSync(join(folder, 'other.csv'), 'a,b\n')
  await expect(settingsFrom({}, join(folder, 'other.csv'))).rejects.toThrow('登记表 · a table')
})

test('files without their options are told what the command wants, by its own name', () => {
  for (const command of ['run', 'blocks'] as const) {
    expect(() => refuseLooseFiles(command, ['huji.csv', 'duanbiao.csv'])).toThrow(
      new RegExp(`huji.csv duanbiao.csv: 只要一个作业文件 .*bidui ${command} --police FILE --census FILE`),
    )
    expect(() => refuseLooseFiles(command, ['job.yaml'])).not.toThrow()
  }
  const program = new Command().exitOverride()
  registerBlocks(program)
  return expect(program.parseAsync(['blocks', 'a.csv', 'b.csv'], { from: 'user' })).rejects.toThrow(
    'bidui blocks --police',
  )
})
