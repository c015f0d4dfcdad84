/** How Slurm says that tasks stand, read from its tables. */

/** What it means for a task, whatever Slurm calls it. */
export type Standing =
  | 'queued'
  | 'running'
  /** It came to an end of its own: how, the work folder says. */
  | 'over'
  | 'cancelled'
  | 'timed out'
  | 'out of memory'
  /** Nothing the task did: its node failed, or it had to make room. */
  | 'lost'

export interface JobStanding {
  readonly standing: Standing
  /** In Slurm's words: its state, its reason. */
  readonly state: string
  readonly reason: string
  readonly node: string
}

/** Slurm's states, by what they mean. */
const statesOf: Readonly<Record<Standing, readonly string[]>> = {
  queued: ['PENDING', 'CONFIGURING', 'REQUEUED', 'REQUEUE_HOLD', 'REQUEUE_FED', 'SPECIAL_EXIT', 'RESV_DEL_HOLD'],
  running: ['RUNNING', 'COMPLETING', 'SUSPENDED', 'STOPPED', 'STAGE_OUT', 'SIGNALING', 'RESIZING'],
  over: ['COMPLETED', 'FAILED'],
  cancelled: ['CANCELLED', 'REVOKED'],
  'timed out': ['TIMEOUT', 'DEADLINE'],
  'out of memory': ['OUT_OF_MEMORY'],
  lost: ['NODE_FAIL', 'BOOT_FAIL', 'PREEMPTED'],
}
const standings = new Map(
  (Object.keys(statesOf) as Standing[]).flatMap((standing) => statesOf[standing].map((state) => [state, standing])),
)

/** Lines of `id|state|reason|node`, by id; lines of other things are passed over. */
export function standingsOf(table: string): Map<string, JobStanding> {
  const found = new Map<string, JobStanding>()
  for (const line of table.split('\n')) {
    const [id = '', words = '', reason = '', node = ''] = line.split('|').map((cell) => cell.trim())
    // "CANCELLED by 1000", "CANCELLED+"
    const state = /^[A-Z_]+/.exec(words)?.[0] ?? ''
    const standing = standings.get(state)
    if (/^\d+_\d+$/.test(id) && standing !== undefined)
      found.set(id, { standing, state, reason: reason === 'None' ? '' : reason, node })
  }
  return found
}
