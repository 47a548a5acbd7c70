/** `bidui person RUN RECORD`: one person's rows, the count, the findings and why. */
import type { Command } from 'commander'
import { describePerson, type DescribedPerson, detectFindings, type FindingList } from '../findings/index.ts'
import { findingContext } from '../pipeline.ts'
import type { RecordTable } from '../records/record-table.ts'
import { FindingIdMaker } from '../ids/finding-ids.ts'
import { RecordIds } from '../ids/record-ids.ts'
import { readManifest } from '../report/run-directory/read-manifest.ts'
import { type Answer, loadAnswers } from '../report/lists/answer-store.ts'
import { closesCase } from '../report/lists/questions.ts'
import { displayWidth } from '../display-text.ts'
import { keyNamed } from './opened-run/key-named.ts'
import { keysOfPerson, relinkRun, rowOfKey, runSettings } from './opened-run/open-run.ts'
import { differenceFromRun } from './opened-run/run-differs.ts'

export function registerPerson(program: Command): void {
  program
    .command('person')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .argument(
      '<record>',
      '此人的一条记录，或其编号，或问题编号: a record, REGISTER:RECORD_ID, a person_id or a finding_id',
    )
    .summary('查一个人: one person: all rows, how often counted among the usual residents, findings and why')
    .description(
      '查一个人: 此人在各登记簿的全部行、计入常住人口几次、有什么问题及其依据。\n' +
        'All rows of one person, how often counted among the usual residents, findings and why.',
    )
    .option('--json', '以 JSON 输出: machine-readable')
    .addHelpText(
      'after',
      `
person_id 见 people.csv；finding_id 见 findings.csv，查其首条记录所指的人。
A person_id is one of people.csv; a finding_id, of findings.csv, stands for the
person of its first record.

Examples 示例:
  bidui person run1 census:C00412
        此人在各登记簿的行；常住人口只计一次
        the rows of this person in all registers; a usual resident counts once
  bidui person run1 F6H8CNXFKWG0DR
        此问题所指的人
        the person whom this finding is about`,
    )
    .action(async (run: string, record: string, options: { readonly json?: boolean }) => {
      const key = keyNamed(run, record)
      const linked = await relinkRun(run)
      const row = rowOfKey(linked, key)
      const findings = detectFindings(findingContext(linked, runSettings(run)))
      const { people } = linked.result
      const person = describePerson(linked.ingest.table, people, people.personOf[row], findings)
      const answered = withAnswers(person, findingIdsOf(linked.ingest.table, findings), loadAnswers(run))
      const today = {
        rows: keysOfPerson(linked, row),
        findings: answered.findings.map(({ findingId = '' }) => findingId),
      }
      process.stderr.write(differenceFromRun(run, readManifest(run), today))
      process.stdout.write(options.json === true ? `${JSON.stringify(answered, null, 2)}\n` : formatPerson(answered))
    })
}

interface GivenAnswer {
  readonly verdict: string
  readonly isClosed: boolean
  readonly visitedOn: string
}

type AnsweredPerson = Omit<DescribedPerson, 'findings'> & {
  readonly findings: readonly (DescribedPerson['findings'][number] & {
    readonly findingId?: string
    readonly answer?: GivenAnswer
  })[]
}

/** The findings' ids as findings.csv has them, in the order of the list. */
function findingIdsOf(table: RecordTable, findings: FindingList): readonly string[] {
  const ids = new FindingIdMaker(new RecordIds(table))
  const all: string[] = []
  findings.forEach((finding) => all.push(ids.next(finding.code, finding.rows)))
  return all
}

function withAnswers(
  person: DescribedPerson,
  ids: readonly string[],
  answers: ReadonlyMap<string, Answer>,
): AnsweredPerson {
  const findings = person.findings.map((finding) => {
    const findingId = ids[finding.index]
    const answer = answers.get(findingId)
    if (answer === undefined) return { ...finding, findingId }
    const { verdict, visitedOn } = answer
    return { ...finding, findingId, answer: { verdict, isClosed: closesCase(verdict), visitedOn } }
  })
  return { ...person, findings }
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - displayWidth(text))
}

/** Nobody is counted twice; who is not counted may live elsewhere, or have died: only a finding says that he should be. */
function countRemark({ count, findings }: Pick<AnsweredPerson, 'count' | 'findings'>): string {
  if (count === 1) return ''
  const isWrong = count > 1 || findings.some(({ severity }) => severity === 'S1')
  return isWrong ? '  — should be 1 应为 1' : '  — no usual resident here 非本地常住人口'
}

export function formatPerson(person: AnsweredPerson): string {
  const lines = ['Rows 记录']
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(displayWidth))
  const [key, area, says] = (['key', 'areaCode', 'says'] as const).map((cell) =>
    widest(person.rows.map((row) => row[cell])),
  )
  for (const row of person.rows)
    lines.push(
      `  ${padded(row.key, key)}  ${padded(row.areaCode, area)}  ${padded(row.says, says)}  ${row.contribution > 0 ? '+1' : ' 0'} ${row.why}  (${row.attachment})`,
    )
  lines.push('', `Counted 计入常住人口: ${person.count}${countRemark(person)}`)
  lines.push('', person.findings.length === 0 ? 'No findings 无问题' : 'Findings 问题')
  for (const finding of person.findings) {
    const id = finding.findingId === undefined ? '' : `${finding.findingId}  `
    lines.push(
      `  ${id}${finding.severity} ${finding.code} ${finding.entry.zh} (${finding.certainty}): ${finding.detail}`,
    )
    const { answer } = finding
    if (answer === undefined) continue
    const state = answer.isClosed ? '已答结 closed' : '未答结 still open'
    lines.push(`     核实结果 answer: ${[answer.verdict, answer.visitedOn].join(' ').trim()} — ${state}`)
  }
  return `${lines.join('\n')}\n`
}
