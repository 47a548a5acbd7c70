import { expect, test } from 'vitest'
import { foldText } from '../../../src/tables/fields/fold.ts'
import { foldLegalForms } from '../../../src/tables/fields/legal-forms.ts'

const fold = (text: string) => foldLegalForms(foldText(text))

test.each([
  ['Novo S.p.A.', 'Novo Società per azioni', 'Novo SpA'],
  ['Bau Ash GmbH', 'Bau Ash Gesellschaft mit beschränkter Haftung', 'Bau Ash G.m.b.H.'],
  ['Ash GmbH & Co. KG', 'Ash GmbH und Co KG', 'ASH GMBH & CO KG'],
  ['Ash S.A.R.L.', 'Ash Société à responsabilité limitée', 'Ash SARL'],
  ['Ash Public Limited Company', 'Ash P.L.C.', 'ash plc'],
  ['Ash Brewing Company', 'Ash Brewing Co.', 'Ash Brewing Co. .'],
])('%s, %s and %s are one name', (one, other, third) => {
  expect(fold(other)).toBe(fold(one))
  expect(fold(third)).toBe(fold(one))
})

test('forms that are not one another stay apart, and a text that begins with one keeps its words', () => {
  expect(new Set(['Ash SA', 'Ash SAS', 'Ash SARL', 'Ash SpA', 'Ash AG'].map(fold)).size).toBe(5)
  expect(fold('Company of Wolves')).toBe('company of wolves')
  expect(fold('Limited Edition')).toBe('limited edition')
})
