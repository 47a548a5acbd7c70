/**
 * docs/synth.md, made from the table of rates so that page and code cannot part.
 *
 * In:  nothing. Out: the page's text; tests/synth/rates-page.test.ts holds the file against it.
 */
import { completeRates, PRESET_NAMES, PRESETS, RATE_NAMES, RATE_TABLE } from './rates.ts'

const INTRODUCTION = `# Made-up counties with truth

For engineers who test bidui, and offices that try it before they may show it real registers.

\`bidui synth --people N --seed S --out DIR [--preset NAME] [--rates FILE]\` invents a county and lets five
registers see it, each in its own way. DIR must be new or empty: real registers bear the same names. The same people, seed, preset and rates leave the same bytes.
The county stands there whole or not at all: stopped by Ctrl-C, \`synth\` and \`demo\` say so and leave nothing (exit 130).

Nobody in it is real. Numbers carry 513027 (abolished in 1993) only for births from 1994 on; all other area
codes, here and elsewhere, were never issued.

| file | what |
|---|---|
| police.csv, census.csv, census_deaths.csv, births.csv, deaths.csv | the registers; headers and encoding by \`--headers\`, \`--encoding\` |
| people.csv | person_id, register, record_id: every row of every register once |
| findings.csv | code, register, record_id: what must be found, a line for each record that a finding falls on |
| findings-may.csv | the same for what may be found: second names and other fair readings of the same rows |
| rates.json | what was used |
| README.txt | what the files are, and that nobody in them is real |
| check-sample.csv, check-people.csv | with \`--check-blocks FILE\`: those blocks met a second time, and who is who in them ([check-sample.md](check-sample.md)) |

\`bidui demo\` does all of it in one go: invents a county, reconciles it, and says what to look at next. How right a run was
is told by

\`\`\`
bidui evaluate run --truth county/people.csv --truth-findings county/findings.csv --truth-may county/findings-may.csv
\`\`\`

with precision and recall of links and of each finding (those of \`--truth-may\` may be made or not). \`--errors 5\` shows the five
worst errors of each kind with their weights; \`--no-blocking\` leaves out what blocking lost, for which the registers must be read
again.

## How it is made

1. \`src/synth/world/\`: places, families (ages, marriages, children, twins), deaths, homes, registrations.
   This is what is true.
2. \`src/synth/observe/\`: what each register wrote of it, with its own errors. The police register is keyed
   from cards and errs least; the census errs most where a stranger is asked.
3. \`src/synth/truth/\`: the judge. It knows who is who and reads the rows as written; it shares no code with
   \`src/findings/\`, and says what must and what may be found.

A rate is the share of those to whom it can happen. Rare events are spread evenly, so that a county of 30,000
people already has nearly every finding. People are drawn so that households hold about 2.6, that 17 % are
under 15 and 17 % over 59, and that four of ten hukou holders live away from their hukou.

What is not invented: foreigners, prisoners, adoption, codes D11 and D12, and boundaries that changed.
`

export function writeRatesPage(): string {
  const lines = [INTRODUCTION, '## Presets', '', '| preset | what | rates that differ |', '|---|---|---|']
  for (const name of PRESET_NAMES) {
    const rates = completeRates(name)
    const changed = RATE_NAMES.filter((rate) => rates[rate] !== RATE_TABLE[rate].value)
    const shown =
      changed.length === 0
        ? 'none'
        : changed.length <= 12
          ? changed.map((rate) => `${rate} ${rates[rate]}`).join(', ')
          : `${changed.length}`
    lines.push(`| ${name} | ${PRESETS[name]?.what ?? ''} | ${shown} |`)
  }
  lines.push(
    '',
    '## Rates',
    '',
    '`--rates FILE` takes a JSON file with any of these: `{ "census.id.missing": 0.2 }`.',
    '',
    '| rate | value | what |',
    '|---|---|---|',
  )
  for (const name of RATE_NAMES) lines.push(`| ${name} | ${RATE_TABLE[name].value} | ${RATE_TABLE[name].what} |`)
  return `${lines.join('\n')}\n`
}
