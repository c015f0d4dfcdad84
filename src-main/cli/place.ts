/** Where a command's runs are trained: this machine, or a Slurm cluster that is asked as its options and the settings say. */
import * as v from 'valibot'
import { slurmSettings } from '../../src-shared/contract/cluster.ts'
import type { SlurmSettings } from '../../src-shared/domain/cluster.ts'
import { refused } from '../../src-shared/errors.ts'
import { issueWords } from '../../src-shared/issue-words.ts'
import type { ClusterTask } from '../project/cluster-tasks.ts'
import type { WritableProject } from '../project/project.ts'
import { slurmPlace } from '../services/cluster/place.ts'
import { takeBack } from '../services/cluster/take-back.ts'
import { UserSettings } from '../services/settings.ts'
import type { Workplace } from '../training/workplace.ts'
import type { PlaceOptions } from './place-options.ts'
import type { Terminal } from './terminal.ts'

/** What is remembered, changed by what is given; what is not given at all stays as the cluster has it. */
function settingsOf(remembered: SlurmSettings, options: PlaceOptions): SlurmSettings {
  const { workFolder, partition, account, time, memory, gpus, cores, workers, slurm, setup, poll } = options
  const wanted = {
    ...remembered,
    ...(workFolder === undefined ? {} : { folder: workFolder }),
    ...(partition === undefined ? {} : { partition }),
    ...(account === undefined ? {} : { account }),
    ...(time === undefined ? {} : { time }),
    ...(memory === undefined ? {} : { memory }),
    ...(gpus === undefined ? {} : { gpus }),
    ...(cores === undefined ? {} : { cores }),
    ...(slurm === undefined ? {} : { options: slurm }),
    ...(setup === undefined ? {} : { setup }),
    ...(poll === undefined ? {} : { pollSeconds: poll }),
    atOnce: workers ?? null,
  }
  const checked = v.safeParse(slurmSettings, wanted)
  if (checked.success) return checked.output
  const [issue] = checked.issues
  const field = v.getDotPath(issue) ?? 'slurm'
  throw refused(`The cluster cannot be asked for this ${field}: ${issueWords(issue)}`, 'Correct it on the command line.', { field }) // prettier-ignore
}

/**
 * The cluster where it is named, or where tasks of this work are open; undefined: this machine. What was asked of a cluster
 * is remembered for the next time. Throws `refused` where the cluster would not take the tasks.
 */
export async function placeOf(
  terminal: Terminal,
  project: WritableProject,
  options: PlaceOptions,
  title: string,
  open: readonly ClusterTask[],
): Promise<Workplace | undefined> {
  if (options.on === 'local' || (options.on === undefined && open.length === 0)) return undefined
  const remembered = new UserSettings()
  const settings = settingsOf(remembered.settings.slurm, options)
  const place = await slurmPlace(project, settings, title, {
    trouble: (words) => {
      if (words !== '') terminal.message(words)
    },
  })
  await remembered.change({ slurm: settings })
  if (open.length > 0) terminal.message(`${open.length} tasks are open on the cluster: they are watched again.`)
  return place
}

/** Ends the open tasks and says what became of them. */
export async function cancelOpen(
  terminal: Terminal,
  project: WritableProject,
  open: readonly ClusterTask[],
): Promise<void> {
  if (open.length === 0) {
    terminal.message('No task is open on a cluster.')
    return
  }
  const trouble = await takeBack(project, open)
  if (trouble !== '') terminal.message(trouble)
  terminal.message(
    `${open.length} ${open.length === 1 ? 'task was' : 'tasks were'} taken back; what they reached goes on from there.`,
  )
}
