/** Makes an invented county in a thread: it takes seconds of one piece, in which the main thread would hear no Ctrl-C. */
import { type SynthOptions, type SynthSummary, synthesizeCounty } from '../../synth/index.ts'

export function run(options: SynthOptions): Promise<SynthSummary> {
  return synthesizeCounty(options)
}
