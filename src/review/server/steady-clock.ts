/**
 * A clock that never goes back: where the machine's is set back while the desk runs, this one goes on from where it was.
 *
 * In:  the machine's clock. Out: milliseconds since 1970, a little ahead after a correction, until the desk starts anew. Leases,
 * locks and the pace of a session are spans: after a step back of a day they would last a day, and nobody could work.
 */
export function steadyClock(clock: () => number): () => number {
  let ahead = 0
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock() + ahead
    if (now < last) ahead += last - now
    last = Math.max(last, now)
    return last
  }
}
