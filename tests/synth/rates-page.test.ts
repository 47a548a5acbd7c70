import { expect, test } from 'vitest'
import { writeRatesPage } from '../../src/synth/rates-page.ts'

test('docs/synth.md is the page that the table of rates makes', async () => {
  // After a change of the table: npx vitest run tests/synth/rates-page.test.ts -u
  await expect(writeRatesPage()).toMatchFileSnapshot('../../docs/synth.md')
})
