import { expect, test } from 'vitest'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { partMakers } from '../../../src/tables/fields/makers-in-titles.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

type Thing = {
  readonly id: string
  readonly title: string
  readonly maker: string
}

const MAKERS = ['punch software', 'encore software', 'oak river brewing', 'corel']
const NAMES = 'amber birch cedar dahlia elder fennel ginger hazel iris juniper'.split(' ')

/** Things of four makers; of ten so many begin their titles with the first word of the maker. */
const shop = (leadingOfTen: number): Thing[] =>
  Array.from({ length: 80 }, (_, n) => {
    const maker = MAKERS[n % 4]
    const lead = n % 10 < leadingOfTen ? `${maker.split(' ')[0]} ` : ''
    return { id: `s${n}`, title: `${lead}${NAMES[n % 10]} ${NAMES[(n * 3 + 1) % 7]} ${n}`, maker }
  })

function partedOf(asked: Omit<Thing, 'id'>, leadingOfTen = 5): [title: string, maker: string] {
  const table = tableFromRows('shop', [...shop(leadingOfTen), { ...asked, id: 'asked' }])
  const spec = completeSpec({ id: 'id', columns: { title: 'text', maker: 'text' } })
  const { fields, recordIds } = buildFields(table, undefined, spec)
  const row = recordIds.indexOf('asked')
  const [title, maker] = partMakers(fields).map(({ dictionary, ids }) => dictionary[ids[row]])
  return [title, maker]
}

test('a title that begins with its maker is what follows', () =>
  expect(partedOf({ title: 'punch software home design 9', maker: 'punch software' })).toEqual([
    'home design 9',
    'punch software',
  ]))

test('the first words of the name are enough', () =>
  expect(partedOf({ title: 'oak river black stout', maker: 'oak river brewing' })[0]).toBe('black stout'))

test('a row without a maker has the one its title begins with', () => {
  expect(partedOf({ title: 'encore software 13781 westward', maker: '' })).toEqual([
    '13781 westward',
    'encore software',
  ])
  expect(partedOf({ title: 'punch home design 9', maker: '' })).toEqual(['home design 9', 'punch software'])
})

test('a title that is the maker and nothing else stays', () =>
  expect(partedOf({ title: 'corel', maker: 'corel' })).toEqual(['corel', 'corel']))

test('a maker further inside the title stays there', () =>
  expect(partedOf({ title: 'home corel design', maker: '' })).toEqual(['home corel design', '']))

test('a maker at the end of the title is parted too, by its whole name', () => {
  expect(partedOf({ title: 'home design by corel', maker: '' })).toEqual(['home design', 'corel'])
  expect(partedOf({ title: 'home design punch software', maker: 'punch software' })[0]).toBe('home design')
  expect(partedOf({ title: 'fruit punch', maker: '' })).toEqual(['fruit punch', ''])
})

test('a short first word of a name is no maker: other things begin so too', () => {
  const lights = shop(0).map((thing, n): Thing => {
    const maker = ['da lite', 'corel'][n % 2]
    return { ...thing, title: n % 10 < 5 ? `${maker} ${thing.title}` : thing.title, maker }
  })
  const table = tableFromRows('shop', [...lights, { id: 'asked', title: 'da glas screen', maker: 'da lite' }])
  const { fields, recordIds } = buildFields(
    table,
    undefined,
    completeSpec({ id: 'id', columns: { title: 'text', maker: 'text' } }),
  )
  const [title] = partMakers(fields)
  expect(title.dictionary[title.ids[recordIds.indexOf('asked')]]).toBe('da glas screen')
  expect(title.dictionary[title.ids[recordIds.indexOf('s0')]]).not.toMatch(/^da/)
})

test('a title that begins with another maker than its row has is what follows', () =>
  expect(partedOf({ title: 'punch home design 9', maker: 'corel' })).toEqual(['home design 9', 'corel']))

test('words that begin titles of all makers belong to none, though one is called so', () => {
  const rows = [
    ...shop(5),
    { id: 'r1', title: 'hazel twig 4', maker: 'hazel house' },
    { id: 'r2', title: 'hazel leaf 7', maker: 'hazel house' },
    { id: 'asked', title: 'hazel home design', maker: 'corel' },
  ]
  const spec = completeSpec({ id: 'id', columns: { title: 'text', maker: 'text' } })
  const { fields, recordIds } = buildFields(tableFromRows('shop', rows), undefined, spec)
  const [title] = partMakers(fields)
  expect(title.dictionary[title.ids[recordIds.indexOf('asked')]]).toBe('hazel home design')
})

test('where hardly a title begins with its maker nothing is parted', () =>
  expect(partedOf({ title: 'punch software home design 9', maker: 'punch software' }, 0)[0]).toBe(
    'punch software home design 9',
  ))

test('where nearly every title begins with its maker, as all shops write, nothing is parted', () =>
  expect(partedOf({ title: 'punch software home design 9', maker: 'punch software' }, 10)[0]).toBe(
    'punch software home design 9',
  ))

test('a column in which every row has a text of its own names no makers, though the title begins it', () => {
  const rows = shop(0).map((thing) => ({ ...thing, maker: `${thing.title.split(' ')[0]} for everybody ${thing.id}` }))
  const spec = completeSpec({ id: 'id', columns: { title: 'text', maker: 'text' } })
  const { fields } = buildFields(tableFromRows('shop', rows), undefined, spec)
  expect(partMakers(fields)).toBe(fields)
})

test('between two tables makers are parted, within one they are not', () => {
  const table = tableFromRows('shop', shop(5))
  const spec = completeSpec({ id: 'id', columns: { title: 'text', maker: 'text' } })
  const titles = (right?: typeof table) => openTables(table, right, spec).fields.fields[0].dictionary
  expect(titles(table).some((title) => title.startsWith('punch '))).toBe(false)
  expect(titles().some((title) => title.startsWith('punch '))).toBe(true)
})
