import type { replicationRequests } from '../../../src-shared/contract/replication.ts'
import type { Handlers } from '../../host/router.ts'
import { listReplicates } from '../../project/replicates.ts'
import { readRunRecord } from '../../project/runs.ts'
import { estimateReplication, replicateTasks } from '../../services/replication.ts'
import type { AppContext } from '../context.ts'

export function replicationHandlers(context: AppContext): Handlers<keyof typeof replicationRequests> {
  return {
    'replication.estimate': ({ run, replicates }) => {
      const { database } = context.session().project
      const record = readRunRecord(database, run)
      const done = listReplicates(database, run).filter(({ status }) => status === 'done').length
      return { done, seconds: estimateReplication(record, Math.max(0, replicates - done)) }
    },
    'replication.start': async ({ run, replicates, on = 'local' }) => {
      const session = context.session()
      const there = on === 'slurm' || replicateTasks(session.project.database, run).length > 0
      session.replicate(run, replicates, there ? await session.cluster('replicates') : undefined)
      return {}
    },
    'replication.stop': () => {
      context.session().replication.interrupt()
      return {}
    },
  }
}
