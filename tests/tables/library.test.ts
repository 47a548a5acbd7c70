/** What the calls of the library return: ids as given, weights in bits, clusters of both tables. */
import { expect, test } from 'vitest'
import { makeHouseholds } from '../../bench/accuracy/tables/addresses-and-households.ts'
import { link, tableFromRows } from '../../src/tables/index.ts'

const made = makeHouseholds(31, { households: 60, hardness: 0.5, overlap: 0.8 })
const [left, right] = [made.left, made.right ?? []].map((rows, side) => tableFromRows(side === 0 ? 'l' : 'r', rows))
const { links, clusters } = link(left, right, made.spec)

test('weights are bits of the odds: the probability follows from them', () => {
  expect(links.length).toBeGreaterThan(50)
  for (const { weight, probability } of links) expect(probability).toBeCloseTo(1 / (1 + 2 ** -weight), 9)
})

test('every record stands in one cluster under the id of its own table, and links join clusters', () => {
  const members = clusters.flatMap((cluster) => cluster.map(({ source, recordId }) => `${source} ${recordId}`))
  const given = [made.left.map(({ id }) => `left ${id}`), (made.right ?? []).map(({ id }) => `right ${id}`)].flat()
  expect(members.sort()).toEqual(given.sort())
  const clusterOf = new Map(
    clusters.flatMap((cluster, n) =>
      cluster.map(({ source, recordId }): [string, number] => [`${source} ${recordId}`, n]),
    ),
  )
  for (const { leftId, rightId, decision } of links)
    if (decision === 'link') expect(clusterOf.get(`left ${leftId}`)).toBe(clusterOf.get(`right ${rightId}`))
})
