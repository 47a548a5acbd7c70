import { expect, test } from 'vitest'
import { shellWord } from '../../src/display-text.ts'
import { outcomeOf } from '../support/program.ts'

test.each(['huji.csv', '户籍 2020.csv', "o'brien.csv", 'a+b.csv', '$HOME/`x`;"y".csv', ''])(
  'a path that is told can be typed: %j',
  (path) => expect(outcomeOf('bash', ['-c', `printf %s ${shellWord(path)}`]).out).toBe(path),
)
