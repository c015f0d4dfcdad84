/** The cases of the calibration as tasks of a Slurm cluster. */
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { slurmSettings } from '../../../src-shared/contract/cluster.ts'
import { usualSlurm } from '../../../src-shared/domain/cluster.ts'
import { onSlurm } from '../slurm-array.ts'
import { type Case, keyOf } from './cases.ts'
import { type CaseRecord, recordSchema } from './record.ts'

/** As the command line of the application has them. */
export const placeFlags = {
  on: { type: 'string', default: 'local' },
  'work-folder': { type: 'string' },
  partition: { type: 'string' },
  account: { type: 'string' },
  time: { type: 'string' },
  memory: { type: 'string' },
  cores: { type: 'string', default: '1' },
  setup: { type: 'string', default: '' },
  slurm: { type: 'string', multiple: true, default: [] as string[] },
  poll: { type: 'string', default: '10' },
} as const

type Flags = Readonly<
  Record<'cores' | 'setup' | 'poll' | 'seeds' | 'records', string> &
    Partial<Record<'work-folder' | 'partition' | 'account' | 'time' | 'memory' | 'keep', string>>
> & { readonly slurm: readonly string[] }

export async function casesOnSlurm(
  cases: readonly Case[],
  flags: Flags,
  take: (record: CaseRecord) => Promise<void>,
): Promise<void> {
  if (flags['work-folder'] === undefined)
    throw new Error('name a folder that this machine and the nodes see: --work-folder')
  const { partition = null, account = null, time = null, memory = null } = flags
  const settings = v.parse(slurmSettings, {
    ...{ ...usualSlurm, folder: resolve(flags['work-folder']), partition, account, time, memory },
    ...{ cores: Number(flags.cores), options: flags.slurm, setup: flags.setup, pollSeconds: Number(flags.poll) },
  })
  // The same records are the same work, so that this finds the tasks that it left.
  const name = createHash('sha256').update(resolve(flags.records)).digest('hex').slice(0, 12)
  const program = [process.execPath, join(import.meta.dirname, '../calibration.ts')]
  const keep = flags.keep === undefined ? [] : ['--keep', resolve(flags.keep)]
  const failed = await onSlurm({
    settings,
    folder: join(settings.folder, `calibration-${name}`),
    keys: cases.map(keyOf),
    command: (key, file) => [
      ...[...program, '--case', key, '--record', file, '--seeds', flags.seeds, '--threads', flags.cores],
      ...keep,
    ],
    take: (_, record) => take(v.parse(recordSchema, JSON.parse(record))),
  })
  for (const [key, printed] of failed) process.stderr.write(`${key} left no record: ${printed}\n`)
  if (failed.size > 0) process.exitCode = 1
}
