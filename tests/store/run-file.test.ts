/** A run of another account: closed is told as closed, never as no run; what is not there is still told as not there. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'bidui-closed-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const source = (name: string) => JSON.stringify(new URL(`../../src/${name}`, import.meta.url).href)

test('a run and decisions that this account may not read are told as that (E105, 77)', () => {
  chmodSync(home, 0o755)
  const run = join(home, 'run')
  const decisions = join(home, 'decisions')
  for (const folder of [run, decisions]) mkdirSync(folder)
  for (const name of ['run.sqlite', 'summary.json', 'manifest.json']) writeFileSync(join(run, name), '')
  writeFileSync(join(decisions, 'decisions.sqlite'), '')
  for (const folder of [run, decisions]) chmodSync(folder, 0o000)
  // The superuser may read everything: the child becomes somebody else once it has read our sources.
  const script = `
    const { openRun } = await import(${source('store/open-run.ts')})
    const { readManifest } = await import(${source('report/read-manifest.ts')})
    const { openLastNight } = await import(${source('commands/last-night.ts')})
    const { readReportData } = await import(${source('report/page/report-data.ts')})
    const { openDecisions } = await import(${source('review/decisions/index.ts')})
    if (process.getuid() === 0) process.setuid(65534)
    const [run, nothing, decisions] = ${JSON.stringify([run, join(home, 'nothing'), join(decisions, 'decisions.sqlite')])}
    const ask = (what) => { try { what(); return 'read' } catch (error) { return error.code + ' ' + error.exitStatus } }
    const ways = [openRun, readManifest, openLastNight, readReportData]
    console.log(JSON.stringify([...ways.map((way) => ask(() => way(run))), ask(() => openDecisions(decisions)),
      ...ways.map((way) => ask(() => way(nothing)))]))`
  const { stdout } = spawnSync(process.execPath, ['--import', tsx, '--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  })
  for (const folder of [run, decisions]) chmodSync(folder, 0o700)
  expect(JSON.parse(stdout)).toEqual([
    ...Array.from({ length: 5 }, () => 'E105 77'),
    ...Array.from({ length: 4 }, () => 'E101 66'),
  ])
})
