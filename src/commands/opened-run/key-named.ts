/**
 * The record that a word on the command line names: itself, a person of people.csv or a finding of findings.csv.
 *
 * In:  the run directory, the word. Out: `register:record_id`; a word of another form as it is, for who looks it up to refuse.
 * A person stands for the first of his rows, a finding for the first of its records: those who read a file of the run ask by what
 * stands at the head of its line.
 */
import { readFileSync } from 'node:fs'
import { BiduiError, EXIT } from '../../errors.ts'
import { decodeCsv } from '../../report/lists/csv.ts'
import { splitRecordKeys } from '../../registers/record-keys.ts'
import { runFile } from '../../store/run-file.ts'

/** Ids as the outputs write them: a letter for what it is, and thirteen signs of base 32. */
const ID = /^[PF][0-9A-Z]{13}$/

export function keyNamed(directory: string, word: string): string {
  if (!ID.test(word)) return word
  const isPerson = word.startsWith('P')
  const file = isPerson ? 'people.csv' : 'findings.csv'
  const line = lineOf(directory, file, word)
  if (line === undefined)
    throw new BiduiError(
      'E402',
      EXIT.usage,
      `${word}: 本批次没有这个${isPerson ? '人' : '问题'} · this run has no such ${isPerson ? 'person' : 'finding'}.`,
      {
        advice: `编号每批各算，请取自本批次的 ${file} · take the id from ${file} of this run: another run may have others.`,
      },
    )
  return isPerson ? `${line.register}:${line.record_id}` : splitRecordKeys(line.records)[0]
}

/** The cells of the first line that begins with an id, by column. */
function lineOf(directory: string, name: string, id: string): Readonly<Record<string, string>> | undefined {
  const bytes = readFileSync(runFile(directory, name))
  const at = bytes.indexOf(`\n${id},`)
  if (at < 0) return undefined
  const end = bytes.indexOf(10, at + 1)
  // With the header, by which the delimiter is known: a line of many records holds more semicolons than commas.
  const [header, cells] = decodeCsv(
    Buffer.concat([bytes.subarray(0, bytes.indexOf(10) + 1), bytes.subarray(at + 1, end < 0 ? bytes.length : end)]),
  )
  return Object.fromEntries(header.map((column, place) => [column, cells[place]]))
}
