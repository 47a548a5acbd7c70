/**
 * Coming in: the code of the link buys a session, a token kept goes on with one.
 *
 * In:  the fragment of the address. Out: who is there and the first task, or that a link or a password is wanted.
 */
import type { Entrance } from '../../api.ts'
import { call, hasToken, keepToken, Refused } from './connection.ts'

/** `user`: whose session was locked. Without `entrance` there is no session: a link is wanted. */
export interface Arrival {
  readonly entrance?: Entrance
  readonly user: string
}

const OUTSIDE: Arrival = { user: '' }

export async function arrive(fragment: string): Promise<Arrival> {
  const code = /^#t=([\w-]{43})$/.exec(fragment)?.[1]
  try {
    if (code !== undefined) {
      const { token, ...entrance } = await call<Entrance & { token: string }>('/api/open', { code })
      keepToken(token)
      return { entrance, user: '' }
    }
    if (!hasToken()) return OUTSIDE
    const { user, ...entrance } = await call<Entrance & { user: string }>('/api/session')
    return { entrance, user }
  } catch (error) {
    if (error instanceof Refused) keepToken(undefined)
    return OUTSIDE
  }
}
