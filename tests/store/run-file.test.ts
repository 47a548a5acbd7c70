/** A run of another account: closed is told as closed, never as no run; what is not there is still told as not there. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtModule, outcomeOf } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-closed')

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
    const { openRun } = await import(${builtModule('store/open-run')})
    const { readManifest } = await import(${builtModule('report/run-directory/read-manifest')})
    const { openLastNight } = await import(${builtModule('commands/run/last-night')})
    const { readReportData } = await import(${builtModule('report/page/report-data')})
    const { openDecisions } = await import(${builtModule('review/decisions/index')})
    if (process.getuid() === 0) process.setuid(65534)
    const [run, nothing, decisions] = ${JSON.stringify([run, join(home, 'nothing'), join(decisions, 'decisions.sqlite')])}
    const ask = (what) => { try { what(); return 'read' } catch (error) { return error.code + ' ' + error.exitStatus } }
    const ways = [openRun, readManifest, openLastNight, readReportData]
    console.log(JSON.stringify([...ways.map((way) => ask(() => way(run))), ask(() => openDecisions(decisions)),
      ...ways.map((way) => ask(() => way(nothing)))]))`
  const { out } = outcomeOf(process.execPath, ['--input-type=module', '-e', script])
  for (const folder of [run, decisions]) chmodSync(folder, 0o700)
  expect(JSON.parse(out)).toEqual([
    ...Array.from({ length: 5 }, () => 'E105 77'),
    ...Array.from({ length: 4 }, () => 'E101 66'),
  ])
})
