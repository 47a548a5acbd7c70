/**
 * Households: counts, hukou with nobody living there, relations.
 */
import type { FindingEntry } from './entry.ts'

const CEN = { lineage: 'cen', group: 'household' } as const

export const HOUSEHOLD = {
  'household-count-mismatch': {
    ...CEN,
    rests: 'row',
    registers: ['census'],
    zh: '户人数不符',
    severity: 'S2',
    action: '资料核查',
    advice: 'Office check.',
    means: '申报的现住、外出人数与登记行数不符',
    meaning: 'The declared counts are not those of the rows.',
    note: 'One finding per household, on its first row.',
  },
  'empty-hukou': {
    ...CEN,
    rests: 'absence',
    registers: ['police', 'census'],
    zh: '空挂户',
    severity: 'S0',
    action: '列入落实去向清单',
    advice: 'Put it on the list of people to be traced.',
    means: '全户无人在户口地居住，且有人填寄挂户口',
    meaning: 'No member lives at the hukou place and one row says the hukou is parked.',
  },
  'attached-hukou': {
    ...CEN,
    rests: 'links',
    registers: ['police', 'census'],
    zh: '挂靠户',
    severity: 'S0',
    action: '列入落实去向清单',
    advice: 'Put it on the list of people to be traced.',
    means: '家庭户中有非亲属成员，其人不住在户口地',
    meaning: 'A member of a family household who is no relative and does not live there.',
  },
  'collective-empty': {
    ...CEN,
    rests: 'absence',
    registers: ['police', 'census'],
    zh: '集体户空挂',
    severity: 'S0',
    action: '列入落实去向清单',
    advice: 'Put it on the list of people to be traced.',
    means: '集体户全部成员不在户口地居住',
    meaning: 'No member of a collective household lives there.',
    note: 'One finding on its first row.',
  },
  'household-relation-error': {
    lineage: 'row',
    group: 'audit',
    rests: 'row',
    registers: [],
    zh: '户内关系差错',
    severity: 'S3',
    action: '资料核查',
    advice: 'Office check.',
    means: '两个户主、配偶同性别、子女与户主年龄差不合理等',
    meaning: 'Two heads, a spouse of the same sex, an impossible age gap between parent and child.',
    note: 'Adoption and step-parents are possible: a question, not a verdict.',
  },
} as const satisfies Record<string, FindingEntry>
