/** A job by name (a module in src/workers/jobs) and its message: handles of shared memory, never rows. */
export interface Task {
  readonly job: string
  readonly message: unknown
}
