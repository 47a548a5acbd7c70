/** Places that no file system has: each command says so with its exit code, and none calls it a bug. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('bidui-odd-places')
writeFileSync(join(folder, 'letter.txt'), 'mine')
const bidui = programIn(folder)

/** No file system takes a name of more than 255 bytes. */
const LONG = '村'.repeat(100)

describe.each([
  ['a name that is too long', LONG],
  ['a place below a file', 'letter.txt/county'],
])('%s', (_, place) => {
  test.each([
    ['synth', ['synth', '--people', '500', '--out', place]],
    ['demo', ['demo', '--people', '2000', '--out', place]],
  ])('is no directory that %s can make', (_command, args) => {
    const { status, err } = bidui(...args)
    expect(err).toContain('[E408]')
    expect(status).toBe(73)
    expect(readdirSync(folder)).toEqual(['letter.txt'])
  })

  test('is no job file', () => {
    const { status, err } = bidui('run', `${place}.yaml`)
    expect(err).toContain('[E101]')
    expect(status).toBe(66)
  })
})
