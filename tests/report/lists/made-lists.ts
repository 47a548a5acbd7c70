/** Lists of made-up runs, for the tests that look into them. */
import { join } from 'node:path'
import { completeExportOrder } from '../../../src/report/export-gate.ts'
import { RunSource } from '../../../src/report/lists/run-source.ts'
import type { ListsOrder, ListsSummary } from '../../../src/report/lists/write-lists.ts'
import { StagedDirectory, writeIssueLists } from '../../../src/report/lists/write-lists.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import type { MadeRun } from './make-run.ts'
import { invented, writeRun } from './make-run.ts'

export const scratch = temporaryFolder('bidui-lists')
let made = 0

/** The lists of a made-up run, published in a folder of their own. */
export async function listsOf(
  run: MadeRun,
  given: {
    readonly to?: string
    readonly codes?: string[]
    readonly severities?: string[]
    readonly townships?: string[]
    readonly key?: string
    readonly isProvable?: (code: string, records: readonly string[]) => boolean
    readonly deskVerdict?: ListsOrder['deskVerdict']
    readonly isAnsweredToo?: boolean
    readonly makeWorkbook?: ListsOrder['makeWorkbook']
  } = {},
): Promise<{ out: string; run: string; summary: ListsSummary }> {
  const directory = writeRun(join(scratch, `run${++made}`), run)
  const out = join(scratch, `out${made}`)
  const source = new RunSource(directory)
  const staged = new StagedDirectory(out)
  try {
    const order = completeExportOrder({
      addressee: given.to ?? 'census',
      purpose: '比对复查 & 核查',
      authorisation: '普查办〔2020〕7号',
    })
    const summary = await writeIssueLists(
      source,
      {
        order,
        filter: { codes: given.codes ?? [], severities: given.severities ?? [], townships: given.townships ?? [] },
        format: 'both',
        keyPath: given.key ?? join(directory, 'list.key'),
        at: '2020-11-18T08:00:00+08:00',
        isProvable: given.isProvable ?? (() => true),
        ...(given.deskVerdict === undefined ? {} : { deskVerdict: given.deskVerdict }),
        isAnsweredToo: given.isAnsweredToo === true,
        ...(given.makeWorkbook === undefined ? {} : { makeWorkbook: given.makeWorkbook }),
      },
      staged,
    )
    staged.publish()
    return { out, run: directory, summary }
  } finally {
    staged.discard()
    source.close()
  }
}

export const COUNTY = invented({ townships: 3, blocksPerTownship: 4, findingsPerBlock: 9 })
