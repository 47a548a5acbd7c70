/** Writes docs/findings.md from the table of findings: `npx tsx scripts/gen-finding-docs.ts`. */
import { writeFileSync } from 'node:fs'
import { documentFindings } from '../src/findings/document.ts'

writeFileSync(new URL('../docs/findings.md', import.meta.url), documentFindings())
