/** Groups of rows of which nothing is known but who was joined: for layers that are tested by themselves. */
import { type Groups, rootIn } from '../../src/linking/groups.ts'

/** @param forbidden whether a person keeps two roots apart */
export function plainGroups(rows: number, forbidden: (ra: number, rb: number) => boolean = () => false): Groups {
  const parent = Int32Array.from({ length: rows }, (_, row) => row)
  const none = new Int32Array(rows)
  return {
    parent,
    root: (row: number) => rootIn(parent, row),
    join: (a: number, b: number) => {
      const [ra, rb] = [rootIn(parent, a), rootIn(parent, b)]
      parent[Math.max(ra, rb)] = Math.min(ra, rb)
    },
    isForbidden: forbidden,
    haveTwoNumbers: () => false,
    shareHousehold: () => false,
    police: none,
    births: none,
    deaths: none,
  } as unknown as Groups
}
