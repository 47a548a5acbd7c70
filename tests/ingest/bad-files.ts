/** What the tests of files that cannot be read, or not wholly, have in common: a register of police, good and bad. */
import { BiduiError } from '../../src/errors.ts'
import { type IngestOptions, ingestRegisters } from '../../src/ingest/index.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { ingest, type TestFile } from './small-registers.ts'

export const header = 'record_id,id_number,name,sex,birth_date,household_no,area_code'
export const CHINESE_HEADER = '记录号,公民身份号码,姓名,性别,出生日期,户号,户籍地区划'
export const good = 'p1,,张三,1,19950101,1,513027001001'

/** The error with which files are refused. */
export async function refusal(
  files: readonly TestFile[] | string,
  options: Partial<IngestOptions> = {},
): Promise<BiduiError> {
  try {
    if (typeof files === 'string')
      await ingestRegisters({ pool: inlinePool, ...options, inputs: [{ register: 'police', path: files }] })
    else await ingest(files, options)
  } catch (error) {
    if (error instanceof BiduiError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

export const police = (content: string | Uint8Array): TestFile[] => [
  { register: 'police', content, name: 'police.csv' },
]
