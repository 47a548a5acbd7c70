import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { headersOf, REGISTER_SPECS, REGISTERS } from '../../src/registers/columns.ts'

const page = readFileSync(new URL('../../docs/registers.md', import.meta.url), 'utf8')

for (const register of REGISTERS)
  test(`docs/registers.md lists every column of ${register} with all its headers`, () => {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${register} `)) ?? ''
    const missing = REGISTER_SPECS[register].columns.filter((column) => {
      const line = section.split('\n').find((l) => l.startsWith(`| ${column.name}${column.required ? '*' : ''} |`))
      return line === undefined || !headersOf(column).every((header) => line.includes(header))
    })
    expect(missing.map((column) => column.name)).toEqual([])
  })

test('no two columns of a register share a header', () => {
  for (const register of REGISTERS) {
    const headers = REGISTER_SPECS[register].columns.flatMap((column) => headersOf(column).map((h) => h.toLowerCase()))
    expect(new Set(headers).size).toBe(headers.length)
  }
})
