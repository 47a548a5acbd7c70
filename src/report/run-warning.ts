/**
 * What a run tells whoever started it without refusing: the error code, the file it is about, and what to do.
 * In: whatever found it. Out: a line of summary.json and of the run's output.
 */
export interface RunWarning {
  readonly code: string
  readonly file: string
  readonly message: string
}
