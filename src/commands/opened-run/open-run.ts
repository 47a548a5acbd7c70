/**
 * A finished run opened again: its settings, its inputs read once more, its people and links.
 *
 * A run directory keeps counts, keys and what people touch, not the registers themselves: whoever wants to see a whole
 * row again needs the input files where they were, unchanged (their sha256 stands in the manifest).
 */
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'
import { isReadable } from '../../store/run-file.ts'
import type { KeyedDecision } from '../../store/judged-rows.ts'
import { type Linked, linkRegisters, type StageListener } from '../../pipeline.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { REGISTERS, type RegisterName } from '../../registers/columns.ts'
import { loadDecisions } from '../../review/decisions/index.ts'
import { type CompleteSettings, completeSettings } from '../../settings.ts'
import { WorkerPool } from '../../workers/pool.ts'
import { workersFor } from '../../workers/worker-count.ts'
import { readManifest } from '../../report/run-directory/read-manifest.ts'

const SILENT: StageListener = { begin: () => undefined, progress: () => undefined, end: () => undefined }

/** The settings of a run, from its manifest. */
export function runSettings(directory: string): CompleteSettings {
  const { settings, inputs } = readManifest(directory)
  const registers: Partial<Record<RegisterName, string[]>> = {}
  for (const { register, path } of inputs) {
    if (!isReadable(path))
      throw new BiduiError('E101', EXIT.noInput, `本次运行的输入文件不在了 · an input of this run is gone: ${path}`, {
        advice:
          '请把文件放回原处，或用现在的文件重新运行 · put the file back where it was, or run again with --out on the files as they are now.',
      })
    const key = REGISTERS.find((name) => name === register) as RegisterName
    registers[key] = [...(registers[key] ?? []), path]
  }
  return completeSettings(
    {
      registers,
      out: directory,
      area: settings.area,
      referenceDate: settings.reference_date,
      asOf: settings.as_of,
      maxFalseLinkRate: settings.max_false_link_rate,
      threshold: settings.threshold ?? null,
      columns: settings.columns,
      ...(settings.encoding === '' ? {} : { encoding: settings.encoding }),
      ...(settings.decisions === '' ? {} : { decisions: settings.decisions }),
      ...(settings.model == null ? {} : { model: settings.model }),
    },
    workersFor,
  )
}

/** Links the run's registers again with the run's settings: same input, same settings, same answer. */
export async function relinkRun(directory: string): Promise<Linked> {
  const manifest = readManifest(directory)
  const complete = runSettings(directory)
  const pool = new WorkerPool(complete.workers)
  try {
    const { judgements, marks } =
      complete.decisions === undefined ? { judgements: [], marks: [] } : loadDecisions(complete.decisions)
    const decided: readonly KeyedDecision[] = [...judgements, ...marks]
    const linked = await linkRegisters(complete, SILENT, decided, pool)
    for (const file of linked.ingest.table.files) {
      const then = manifest.inputs.find((input) => input.register === file.register && input.sha256 === file.sha256)
      if (then === undefined)
        throw new BiduiError('E127', EXIT.noInput, `${file.path}: 运行之后文件已变化 · has changed since this run.`, {
          advice: '请用现在的文件重新运行 · run again on the file as it is now.',
        })
    }
    return linked
  } finally {
    await pool.close()
  }
}

/** `register:record_id` of every row that is one person with this one. */
export function keysOfPerson({ ingest: { table }, result: { people } }: Linked, row: number): string[] {
  const person = people.personOf[row]
  return [...people.rows.subarray(people.rowStart[person], people.rowStart[person + 1])].map((each) => {
    const register = table.starts.findIndex((start, g) => start <= each && each < table.starts[g + 1])
    return `${REGISTERS[register]}:${table.recordId(each)}`
  })
}

/** The row of a record key `register:record_id`; a clear error if there is none. */
export function rowOfKey(linked: Linked, key: string): number {
  const { table } = linked.ingest
  const at = key.indexOf(':')
  const register = REGISTERS.indexOf(key.slice(0, at) as RegisterName)
  const id = key.slice(at + 1)
  if (register < 0) throw unknownRegister(table, key, at < 0 ? '' : key.slice(0, at), id)
  for (let row = table.starts[register]; row < table.starts[register + 1]; row++)
    if (table.recordId(row) === id) return row
  throw new BiduiError('E402', EXIT.usage, `${key}: 本批次没有这条记录 · this run has no such record.`, {
    advice: '批次里的 people.csv 列出全部记录 · people.csv of the run lists every record.',
  })
}

/** A record id alone, or a misspelt register: what was meant is proposed where one register has the record. */
function unknownRegister(table: RecordTable, key: string, register: string, id: string): BiduiError {
  const holders = REGISTERS.filter((_, g) => {
    for (let row = table.starts[g]; row < table.starts[g + 1]; row++) if (table.recordId(row) === id) return true
    return false
  })
  const near = register === '' ? undefined : nearestWord(register, holders)
  const meant = near ?? (holders.length === 1 ? holders[0] : undefined)
  return new BiduiError(
    'E402',
    EXIT.usage,
    `${key}: 请写成 登记册:记录号 · write REGISTER:RECORD_ID, such as census:C00412.`,
    {
      advice:
        meant === undefined
          ? `登记册 · Registers are: ${REGISTERS.join(', ')}. 按姓名、证件号查找请用审核台 · to find somebody by name or number use the search of \`bidui review\`.`
          : `是否 ${meant}:${id} · did you mean ${meant}:${id}?`,
    },
  )
}
