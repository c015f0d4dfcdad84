/** A process that trains one run after the other, as the study's command asks, and ends when nobody asks any more. */
import { openEngine } from '../../../src-main/compute/engine.ts'
import type { Run } from './cases.ts'
import { train } from './train.ts'

export interface Job {
  readonly run: Run
  readonly threads: number
  readonly checkpoint: string
}

process.on('disconnect', () => process.exit())
process.on('message', (job: Job) => {
  void openEngine('wasm', { threads: job.threads })
    .then(() => train(job.run, job.threads, job.checkpoint))
    .then((outcome) => process.send!(outcome))
})
