/**
 * Progress for people: what a long run is doing, how far it is, how long it will take.
 *
 * On a terminal one line is rewritten; elsewhere each stage gets one line when it ends. Everything goes to stderr, so
 * that results on stdout can be piped. Counts only: nothing personal passes through here.
 */
import { countText } from './display-text.ts'
import type { StageListener } from './pipeline.ts'

export interface StageLines extends StageListener {
  /** Stages that have ended, with their durations in ms. */
  times(): readonly { readonly stage: string; readonly ms: number }[]
}

export interface StageLineOptions {
  readonly quiet?: boolean
  readonly stream?: NodeJS.WriteStream
}

const REDRAW_MS = 100

export function stageLines(options: StageLineOptions = {}): StageLines {
  const stream = options.stream ?? process.stderr
  const quiet = options.quiet === true
  const isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb'
  const ended: { stage: string; ms: number }[] = []
  let current = { stage: '', zh: '', since: 0, drawn: 0 }
  const rewrite = (text: string): void => {
    stream.write(`\r\u001b[2K${text}`)
  }
  return {
    begin(stage, zh) {
      current = { stage, zh, since: performance.now(), drawn: 0 }
      if (!quiet && isTerminal) rewrite(`${stage} ${zh} …`)
    },
    progress(done, total) {
      const now = performance.now()
      if (quiet || !isTerminal || now - current.drawn < REDRAW_MS || total <= 0) return
      current.drawn = now
      const seconds = (now - current.since) / 1000
      const rate = done / Math.max(0.001, seconds)
      const left = rate > 0 ? (total - done) / rate : 0
      rewrite(
        `${current.stage} ${current.zh} ${Math.floor((100 * done) / total)} % · ${countText(Math.round(rate))}/s · ${left.toFixed(0)} s left`,
      )
    },
    end(counts) {
      const ms = performance.now() - current.since
      ended.push({ stage: current.stage, ms })
      if (quiet) return
      const line = `${current.stage.padEnd(9)} ${current.zh}  ${counts}  (${(ms / 1000).toFixed(1)} s)`
      if (isTerminal) rewrite(`${line}\n`)
      else stream.write(`${line}\n`)
    },
    times: () => ended,
  }
}
