/** The table of findings: complete, documented, and every code either made by a detector or said not to be. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documentFindings } from '../../src/findings/document.ts'
import { REGISTER_DETECTORS, ROW_DETECTORS } from '../../src/findings/detectors/index.ts'
import { DETECTED_CODES, FINDING_CODES, FINDING_TABLE, type FindingCode } from '../../src/findings/index.ts'

test('docs/findings.md is what the table says (npx tsx scripts/gen-finding-docs.ts)', () => {
  expect(readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8')).toBe(documentFindings())
})

test('every code is made by a detector or explained as never made', () => {
  const made = new Set<string>(DETECTED_CODES)
  for (const code of FINDING_CODES)
    expect([code, made.has(code)]).toEqual([code, FINDING_TABLE[code].notMade === undefined])
})

test('what registers and rows tell by themselves rests on no link: they are asked before anybody has linked', () => {
  const codes = [...REGISTER_DETECTORS, ...ROW_DETECTORS].flatMap(({ sentences }) => Object.keys(sentences))
  expect(codes.length).toBeGreaterThan(10)
  for (const code of codes as FindingCode[]) expect([code, FINDING_TABLE[code].rests]).toEqual([code, 'row'])
})

test('there are fewer codes than a byte can number', () => expect(FINDING_CODES.length).toBeLessThan(256))

test('an adm finding needs no census register', () => {
  for (const code of FINDING_CODES) {
    const { lineage, registers } = FINDING_TABLE[code]
    if (lineage === 'adm')
      expect([code, registers.filter((register) => register.startsWith('census'))]).toEqual([code, []])
  }
})

test('Chinese names are unique: one word per thing', () => {
  const names = FINDING_CODES.map((code) => FINDING_TABLE[code].zh)
  expect(new Set(names).size).toBe(names.length)
})
