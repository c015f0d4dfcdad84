/** What becomes of a task that has come to its end on the cluster without saying how. */
import type { SlurmSettings } from '../../../src-shared/domain/cluster.ts'
import { type ErrorData, failed } from '../../../src-shared/errors.ts'
import type { JobStanding } from '../../cluster/standings.ts'
import type { AttemptLeft } from '../../training/task/work-folder.ts'

/** Beyond so many submissions of one task something is wrong that another will not mend. */
const mostSubmissions = 5

export interface Unsaid {
  /** Null: Slurm no longer knows it. */
  readonly standing: JobStanding | null
  /** What its newest attempt left; null: nothing. */
  readonly left: AttemptLeft | null
  /** Its newest attempt was this submission's. */
  readonly began: boolean
  /** A checkpoint further than that of the attempt before. */
  readonly progressed: boolean
  readonly submissions: number
  /** The last it printed. */
  readonly printed: string
  readonly folder: string
  readonly settings: SlurmSettings
}

export type Verdict =
  | { readonly kind: 'again'; readonly why: string }
  /** Ended from outside by somebody who is not us. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorData }

export function verdictOn({
  standing,
  left,
  began,
  progressed,
  submissions,
  printed,
  folder,
  settings,
}: Unsaid): Verdict {
  const node = standing === null || standing.node === '' ? 'its node' : standing.node
  const said = printed === '' ? '' : ` The last it printed: ${printed}`
  const fail = (message: string, hint: string): Verdict => ({ kind: 'failed', error: failed(message, hint, { state: standing?.state ?? 'unknown' }).toData() }) // prettier-ignore
  const again = (why: string): Verdict =>
    submissions < mostSubmissions
      ? { kind: 'again', why }
      : fail(`The task was handed to the cluster ${submissions} times and never came to its end; at last: ${why}.`, `Ask who runs the cluster, or try another partition.${said}`) // prettier-ignore
  const timeOver = standing?.standing === 'timed out' || left?.reason === 'time'
  if (timeOver)
    return progressed
      ? { kind: 'again', why: 'its time was over, it goes on from its checkpoint' }
      : fail(
          `Its time on the cluster${settings.time === null ? '' : ` (${settings.time})`} was over before it wrote a checkpoint further than the last.`,
          'Give tasks more time (--time), or write checkpoints more often (--set training.checkpointSteps=...).',
        )
  switch (standing?.standing) {
    case 'cancelled':
      return { kind: 'cancelled' }
    case 'lost':
      return again(standing.state === 'PREEMPTED' ? 'it had to make room for others' : `${node} failed`)
    case 'out of memory':
      return fail(
        `The task ran out of the memory that it had${settings.memory === null ? '' : ` (${settings.memory})`} on ${node}.`,
        'Give tasks more (--memory), or make training.batchSize smaller.',
      )
    case 'over':
      break
    default:
      return again('the cluster knows it no more')
  }
  if (left?.reason === 'asked') return { kind: 'cancelled' }
  if (!began)
    return fail(
      `The task ended on ${node} and left nothing in ${folder}.`,
      `Does ${node} see this folder, and the program, under the same paths? Name a folder on the shared file system (--work-folder), and install the program there.${said}`, // prettier-ignore
    )
  return fail(
    `The program ended on ${node} without a last word.`,
    `Try again, with more memory if it was short.${said}`,
  )
}
