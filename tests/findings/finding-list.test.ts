/** What a list of findings tells of itself. */
import { expect, test } from 'vitest'
import { census, detect, police, visitor } from './check.ts'

test('a finding concerns the people of the rows it falls on, and nobody else', () => {
  const wife = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2', relation: '12' }
  const { list, built } = detect([police(), census(), visitor(), police(wife)])
  const { personOf } = built.people
  const people = [...new Set(personOf)]
  expect(people.length).toBe(2)
  const seen = new Set<number>()
  list.forEach((finding, i) => {
    const fallsOn = new Set(finding.rows.map((row) => personOf[row]))
    for (const person of people) expect(list.concerns(i, person), finding.code).toBe(fallsOn.has(person))
    for (const person of fallsOn) seen.add(person)
  })
  // Both are said something of: the one twice present, the other missing.
  expect(seen).toEqual(new Set(people))
})
