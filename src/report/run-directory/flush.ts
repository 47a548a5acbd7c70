/**
 * Files on their way to the disk while the thread that wrote them goes on.
 *
 * In: the descriptor of a file whose last byte is written. Out: it is flushed and closed by the system's own threads. What
 * the disk refuses comes out as an uncaught error, and a second time where RunDirectory.commit waits for every file:
 * without that wait nothing is promised.
 */
import { close, fsync } from 'node:fs'

export function closeFlushing(descriptor: number): void {
  fsync(descriptor, (failure) => {
    close(descriptor, (error) => {
      const refused = failure ?? error
      if (refused !== null) throw refused
    })
  })
}
