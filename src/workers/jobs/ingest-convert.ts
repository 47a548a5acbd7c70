/** Worker's side of reading: workbooks and DBF files into delimited bytes. */
import { type ConvertMessage, convertFiles } from '../../ingest/formats/convert.ts'

export function run(message: ConvertMessage) {
  return convertFiles(message)
}
