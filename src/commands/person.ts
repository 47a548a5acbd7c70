/** `bidui person RUN KEY`: one person's rows, the count, the findings and why. */
import type { Command } from 'commander'
import { describePerson, type DescribedPerson, detectFindings } from '../findings/index.ts'
import { findingContext } from '../pipeline.ts'
import { relinkRun, rowOfKey, runSettings } from './open-run.ts'

export function registerPerson(program: Command): void {
  program
    .command('person <run> <record>')
    .description('One person: all rows, how often counted among the usual residents, findings and why')
    .option('--json', 'machine-readable')
    .addHelpText(
      'after',
      `
Example:
  bidui person run1 census:C00412
        the rows of this person in all registers; the count should be 1`,
    )
    .action(async (run: string, record: string, options: { readonly json?: boolean }) => {
      const linked = await relinkRun(run)
      const row = rowOfKey(linked, record)
      const findings = detectFindings(findingContext(linked, runSettings(run)))
      const { people } = linked.result
      const person = describePerson(linked.ingest.table, people, people.personOf[row], findings)
      process.stdout.write(options.json === true ? `${JSON.stringify(person, null, 2)}\n` : formatPerson(person))
    })
}

export function formatPerson(person: DescribedPerson): string {
  const lines = ['Rows 记录']
  for (const row of person.rows)
    lines.push(
      `  ${row.key}  ${row.areaCode}  ${row.says}  ${row.contribution > 0 ? '+1' : ' 0'} ${row.why}  (${row.attachment})`,
    )
  lines.push('', `Counted 计入常住人口: ${person.count}${person.count === 1 ? '' : '  — should be 1 应为 1'}`)
  lines.push('', person.findings.length === 0 ? 'No findings 无问题' : 'Findings 问题')
  for (const finding of person.findings)
    lines.push(`  ${finding.severity} ${finding.code} ${finding.entry.zh} (${finding.certainty}): ${finding.detail}`)
  return `${lines.join('\n')}\n`
}
