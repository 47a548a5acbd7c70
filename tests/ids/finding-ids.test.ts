import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FindingIds } from '../../src/ids/finding-ids.ts'

const word = fc.integer({ min: 0, max: 0xffff_ffff })

test('the bytes of an id are those of its text, also where it is met again', () => {
  fc.assert(
    fc.property(word, word, fc.constantFrom(1, 2, 9, 10, 123), (high, low, time) => {
      const ids = FindingIds.open({
        high: Uint32Array.of(7, high),
        low: Uint32Array.of(7, low),
        times: time === 1 ? [] : [[1, time]],
      })
      const bytes = new Uint8Array(64).fill(1)
      const end = ids.write(1, bytes, 5)
      expect(Buffer.from(bytes.subarray(5, end)).toString()).toBe(ids.text(1))
      expect(ids.text(1)).toMatch(time === 1 ? /^F[0-9A-Z]{13}$/ : new RegExp(`^F[0-9A-Z]{13}-${time}$`))
      expect(bytes[end]).toBe(1)
    }),
  )
})
