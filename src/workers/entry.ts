/** The one file every worker thread loads: finds the job by name and runs it. */
import { describeFailure, type TaskOutcome } from './failure.ts'
import type { Task } from './task.ts'

/** A task and the number of the worker that does it. */
interface WorkerTask extends Task {
  readonly worker: number
}

interface Job {
  readonly run: (message: unknown, worker: number) => unknown
}

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const jobs = new Map<string, Promise<Job>>()

export default async function runTask(task: WorkerTask): Promise<TaskOutcome> {
  try {
    return { result: await runJob(task) }
  } catch (error) {
    return { failure: describeFailure(error) }
  }
}

/** Runs a job in this thread; its module is loaded once. */
export async function runJob(task: WorkerTask): Promise<unknown> {
  let job = jobs.get(task.job)
  if (job === undefined) {
    job = import(new URL(`./jobs/${task.job}${extension}`, import.meta.url).href) as Promise<Job>
    jobs.set(task.job, job)
  }
  return await (await job).run(task.message, task.worker)
}
