import { expect, test } from 'vitest'
import { Chance } from '../../../bench/accuracy/tables/words.ts'
import { runTables } from '../../../src/tables/engine.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { partValues } from '../../../src/tables/fields/values-in-titles.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

type Thing = { readonly id: string; readonly title: string; readonly shade: string; readonly cluster: string }

const SHADES = ['01 ivory', '02 rose libre', 'noir', 'very pink', 'b30 carrera', 'sand', 'honey gold', 'mocha']
const FORMS = ['lipstick', 'powder', 'liner', 'mascara', 'primer', 'balm']
const MAKERS = 'brakel dormin tasver lonpid gushel minkor delpas verlon'.split(' ')

/** One shop with bare titles and one that names the shade in the title too, in nine of ten. */
function shops(seed: number, namedOfTen = 9, isBare = true) {
  const chance = new Chance(seed)
  const [left, right]: [Thing[], Thing[]] = [[], []]
  for (let line = 0; line < 40; line++) {
    const name = `${MAKERS[line % 8]} ${chance.pick(MAKERS)}${line} ${FORMS[line % 6]}`
    SHADES.slice(0, chance.between(1, 8)).forEach((shade, n) => {
      const cluster = `${line}-${n}`
      const named = `${name} ${shade.split(' ').reverse().join(' ')} 5 ml`
      const where = chance.next()
      if (where < 0.7) left.push({ id: `l${cluster}`, title: isBare ? name : named, shade, cluster })
      if (where > 0.3)
        right.push({
          id: `r${cluster}`,
          title: chance.below(10) < namedOfTen ? named : name,
          shade: chance.happens(0.7) ? shade : '',
          cluster,
        })
    })
  }
  return { left, right }
}

const spec = completeSpec({ id: 'id', columns: { title: 'text', shade: 'text' } })

function partedOf(asked: Pick<Thing, 'title' | 'shade'>, { left, right } = shops(1)): string[] {
  const [one, other] = [left, [...right, { ...asked, id: 'asked', cluster: '' }]].map((rows) =>
    tableFromRows('t', rows),
  )
  const { fields, recordIds, leftCount } = buildFields(one, other, spec)
  const row = recordIds.indexOf('asked')
  return partValues(fields, leftCount).map(({ dictionary, ids }) => dictionary[ids[row]])
}

test('a title that names the shade of its row is the rest of it, in whatever order the words stand', () => {
  expect(partedOf({ title: 'tasver lip powder noir 5 ml', shade: 'noir' })).toEqual(['tasver lip powder 5 ml', 'noir'])
  expect(partedOf({ title: 'tasver balm - rose libre 02', shade: '02 rose libre' })[0]).toBe('tasver balm')
})

test('a row without a shade has the one that its title names, of several the longest', () => {
  expect(partedOf({ title: 'tasver balm rose libre 02 5 ml', shade: '' })).toEqual([
    'tasver balm 5 ml',
    '02 rose libre',
  ])
  expect(partedOf({ title: 'tasver balm noir', shade: '' })).toEqual(['tasver balm', 'noir'])
  expect(partedOf({ title: 'tasver balm noir sand', shade: '' })).toEqual(['tasver balm noir sand', ''])
})

test('a shade too short to be one gives way to what the title names', () =>
  expect(partedOf({ title: 'tasver balm mocha', shade: '1' })).toEqual(['tasver balm', 'mocha']))

test('a word that other titles hold beside another shade is no shade', () => {
  const made = shops(1)
  const nights = made.right.map((row, n) => (n % 3 === 0 ? { ...row, title: `${row.title} noir` } : row))
  expect(partedOf({ title: 'tasver balm noir', shade: '' }, { ...made, right: nights })).toEqual([
    'tasver balm noir',
    '',
  ])
})

test('nothing is parted where both shops name it, or neither', () => {
  const asked = { title: 'tasver balm noir', shade: 'noir' }
  expect(partedOf(asked, shops(1, 9, false))).toEqual(['tasver balm noir', 'noir'])
  expect(partedOf(asked, shops(1, 0))).toEqual(['tasver balm noir', 'noir'])
})

test('a title that is its value and nothing else stays', () =>
  expect(partedOf({ title: 'honey gold', shade: 'honey gold' })[0]).toBe('honey gold'))

test.each([1, 2])(
  'shades of one lipstick are told apart between a bare shop and one that names them, seed %i',
  (seed) => {
    const { left, right } = shops(seed)
    const [one, other] = [tableFromRows('left', left), tableFromRows('right', right)]
    expect(measureTruth(runTables(one, other, spec), one, other, 'cluster').f1).toBeGreaterThan(0.95)
  },
)
