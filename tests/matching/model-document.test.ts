import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkDigit } from '../../src/normalise/id-number.ts'
import { linkRows } from '../support/link-rows.ts'

const page = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')
const bits = (weight: number): string => (weight / 1000).toFixed(1).replace('-', '−')

test('the worked pair of docs/model.md has the weights that the program computes', async () => {
  const digits = '51302719930203029'
  const number = digits + checkDigit(digits)
  const wrong = `${number.slice(0, 14)}3${number.slice(15)}`
  const { explain, groups } = await linkRows(
    [
      {
        register: 'police',
        id: 'P1',
        name: '彭文明',
        sex: '1',
        birth_date: '19930203',
        id_number: number,
        area_code: '513027001002',
        household_no: 'H1',
        status: '0',
        record_flag: '1',
        reversal_flag: '0',
      },
      {
        register: 'census',
        id: 'C1',
        name: '彭文铭',
        sex: '1',
        birth_month: '199302',
        id_number: wrong,
        block_code: '513027001002003',
        household_no: 'F1',
        residence: '1',
        hukou_place: '1',
      },
    ],
    [],
    true,
  )
  const { prior, weights, total } = explain('police:P1', 'census:C1')
  const table = [['prior', prior], ...Object.entries(weights), ['total', total]] as const
  const lines = table.map(([name, weight]) => `| ${name} | ${bits(weight)} |`)
  expect(page).toContain(lines.join('\n'))
  expect(Object.values(weights).reduce((sum, weight) => sum + weight, prior)).toBe(total)
  expect(groups).toEqual(['police:P1 census:C1'])
})
