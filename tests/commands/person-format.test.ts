import { expect, test } from 'vitest'
import { formatPerson } from '../../src/commands/person.ts'
import { displayWidth } from '../../src/display-text.ts'

test('the columns of a person’s rows stand one below the other, also beside Chinese words', () => {
  const row = (key: string, says: string, contribution: number) => ({
    key,
    says,
    contribution,
    areaCode: '513027100202',
    why: 'W',
    attachment: 'certain',
  })
  const rows = [row('police:P1', '正常', 0), row('census_deaths:C0002370', '外出到本乡镇其他村居，离开一至二年', 1)]
  const text = formatPerson({ person: 0, count: 1, findings: [], rows } as unknown as Parameters<
    typeof formatPerson
  >[0])
  const at = text
    .split('\n')
    .filter((line) => line.includes(' W '))
    .map((line) => displayWidth(line.slice(0, line.indexOf(' W '))))
  expect(at).toHaveLength(2)
  expect(at[0]).toBe(at[1])
})

test('a count of none is wrong only where a finding says so: who died or lives elsewhere is none', () => {
  const counted = (count: number, severities: readonly string[]) => {
    const findings = severities.map((severity) => ({
      severity,
      code: 'c',
      entry: { zh: '漏登', action: '', means: '' },
      certainty: 'certain',
      detail: '',
      records: [],
      keys: [],
    }))
    const person = { person: 0, count, findings, rows: [] } as unknown as Parameters<typeof formatPerson>[0]
    return /Counted .*/.exec(formatPerson(person))?.[0]
  }
  expect(counted(0, [])).toBe('Counted 计入常住人口: 0  — no usual resident here 非本地常住人口')
  expect(counted(0, ['S3'])).toContain('非本地')
  expect(counted(0, ['S1'])).toContain('应为 1')
  expect(counted(1, ['S1'])).toBe('Counted 计入常住人口: 1')
  expect(counted(2, [])).toContain('应为 1')
})
