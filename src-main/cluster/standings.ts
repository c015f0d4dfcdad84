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

const standings: Readonly<Partial<Record<string, Standing>>> = {
  ...{ PENDING: 'queued', CONFIGURING: 'queued', REQUEUED: 'queued', REQUEUE_HOLD: 'queued', REQUEUE_FED: 'queued' },
  ...{
    SPECIAL_EXIT: 'queued',
    RESV_DEL_HOLD: 'queued',
    RUNNING: 'running',
    COMPLETING: 'running',
    SUSPENDED: 'running',
  },
  ...{ STOPPED: 'running', STAGE_OUT: 'running', SIGNALING: 'running', RESIZING: 'running', COMPLETED: 'over' },
  ...{ FAILED: 'over', CANCELLED: 'cancelled', REVOKED: 'cancelled', TIMEOUT: 'timed out', DEADLINE: 'timed out' },
  ...{ OUT_OF_MEMORY: 'out of memory', NODE_FAIL: 'lost', BOOT_FAIL: 'lost', PREEMPTED: 'lost' },
}

/** Lines of `id|state|reason|node`, by id; lines of other things are passed over. */
export function standingsOf(table: string): Map<string, JobStanding> {
  const found = new Map<string, JobStanding>()
  for (const line of table.split('\n')) {
    const [id = '', words = '', reason = '', node = ''] = line.split('|').map((cell) => cell.trim())
    // "CANCELLED by 1000", "CANCELLED+"
    const state = /^[A-Z_]+/.exec(words)?.[0] ?? ''
    const standing = standings[state]
    if (/^\d+_\d+$/.test(id) && standing !== undefined)
      found.set(id, { standing, state, reason: reason === 'None' ? '' : reason, node })
  }
  return found
}
