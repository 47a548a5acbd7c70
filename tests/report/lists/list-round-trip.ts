/** A made run, its lists sent, filled and taken back: what the tests of returned lists begin with. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { completeExportOrder } from '../../../src/report/export-gate.ts'
import { decodeCsv, encodeCsv } from '../../../src/report/lists/csv.ts'
import { importAnswers } from '../../../src/report/lists/import-answers.ts'
import { RunSource } from '../../../src/report/lists/run-source.ts'
import { type ListsOrder, StagedDirectory, writeIssueLists } from '../../../src/report/lists/write-lists.ts'
import type { MadeRun } from './make-run.ts'
import { invented, writeRun } from './make-run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

export const scratch = temporaryFolder('bidui-answers')
let made = 0
export async function sendLists(
  run: MadeRun,
  keyPath?: string,
  more: Partial<ListsOrder> = {},
): Promise<{ run: string; out: string; key: string }> {
  const directory = writeRun(join(scratch, `run${++made}`), run)
  const out = join(scratch, `out${made}`)
  const key = keyPath ?? join(directory, 'list.key')
  const source = new RunSource(directory)
  const staged = new StagedDirectory(out)
  try {
    await writeIssueLists(
      source,
      {
        order: completeExportOrder({ purpose: '核查', authorisation: '7号' }),
        filter: {},
        format: 'both',
        keyPath: key,
        at: 't',
        ...more,
      },
      staged,
    )
    staged.publish()
  } finally {
    staged.discard()
    source.close()
  }
  return { run: directory, out, key }
}

export async function take(sent: { run: string; key: string }, files: readonly string[], apply = true) {
  const source = new RunSource(sent.run)
  try {
    return await importAnswers(source, { files, keyPath: sent.key, apply, actor: '张', at: '2020-11-20T08:00:00Z' })
  } finally {
    source.close()
  }
}

export const SMALL = invented({ townships: 1, blocksPerTownship: 2, findingsPerBlock: 6 })

/** The rows of a township's CSV, to be filled or spoiled, and written as a file again. */
export function csvOf(sent: { out: string }, township = '513027100') {
  const rows = decodeCsv(readFileSync(join(sent.out, `${township}_问题清单.csv`)))
  const at = (name: string) => rows[0].indexOf(name)
  return {
    rows,
    at,
    fill: (line: number, name: string, text: string) => {
      rows[line][at(name)] = text
    },
    write: (name = `filled${++made}.csv`) => {
      const path = join(scratch, name)
      writeFileSync(path, encodeCsv(rows))
      return path
    },
  }
}
