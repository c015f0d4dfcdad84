/** What is asked of Slurm: to take tasks, to say how they stand, to end them. Its refusals come back in its own words. */
import { type CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import type { SlurmSettings } from '../../src-shared/domain/cluster.ts'
import { type CommandEnd, runCommand } from './run-command.ts'
import { type JobStanding, standingsOf } from './standings.ts'

/** Ids in one command: a line has its limit. */
const idsAtOnce = 200

/** Slurm takes no more for now: a limit of tasks per person, a table that is full, a controller that restarts. */
const passing = /limit|temporarily|try again|unable to contact|timed out|did not answer|queue.*full|socket/i

export class Slurm {
  readonly #environment: NodeJS.ProcessEnv
  #accounting = true

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.#environment = environment
  }

  /** Throws `refused` in Slurm's own words where it would not take such tasks. Hands nothing over. */
  async check(settings: SlurmSettings): Promise<void> {
    const args = ['--test-only', ...optionsOf(settings), '--wrap=true']
    const end = await this.#run('sbatch', args)
    if (end.code === 0 || passing.test(end.stderr)) return
    const { stdout } = await this.#run('sinfo', ['--noheader', '--format=%R'])
    const partitions = [...new Set(stdout.split(/\s+/).filter((name) => name !== ''))]
    const known = partitions.length === 0 ? '' : ` Its partitions are ${partitions.join(', ')}.`
    throw refused(
      `Slurm would not take the tasks: ${wordsOf(end)}`,
      `Correct partition, account, time, memory, GPUs or cores.${known}`,
      { field: 'slurm' },
    )
  }

  /** Hands over an array of tasks; returns its id. Throws `failed`, `details.passing` where it may be tried again. */
  async submit(settings: SlurmSettings, array: ArraySubmission): Promise<string> {
    const { count, name, script, output } = array
    const many = settings.atOnce === null ? '' : `%${settings.atOnce}`
    const args = [
      ...['--parsable', `--array=0-${count - 1}${many}`, `--job-name=${name}`, `--output=${output}`],
      ...['--open-mode=append', '--requeue', `--signal=B:USR2@${warningSeconds(settings.time)}`],
      ...[...optionsOf(settings), script],
    ]
    const end = await this.#run('sbatch', args)
    const id = /^(\d+)/.exec(end.stdout.trim())?.[1]
    if (end.code === 0 && id !== undefined) return id
    throw failed(`Slurm did not take the tasks: ${wordsOf(end)}`, 'Correct what it names and go on.', {
      passing: passing.test(end.stderr),
    })
  }

  /** The id of the array that was handed over under this name; null where Slurm knows none. */
  async find(name: string): Promise<string | null> {
    const queue = await this.#run('squeue', ['--noheader', '--states=all', `--name=${name}`, '--format=%F'])
    const queued = /\d+/.exec(queue.stdout)?.[0]
    if (queued !== undefined || !this.#accounting) return queued ?? null
    const since = ['--starttime=now-30days', '--noheader', '--parsable2', '--allocations']
    const past = await this.#run('sacct', [...since, `--name=${name}`, '--format=JobID'])
    return past.code === 0 ? (/\d+/.exec(past.stdout)?.[0] ?? null) : null
  }

  /**
   * How the tasks of these arrays stand, by `array_index`; one that Slurm has forgotten is not among them. Throws `failed`
   * while it does not answer.
   */
  async standings(arrays: readonly string[]): Promise<Map<string, JobStanding>> {
    const found = new Map<string, JobStanding>()
    for (let from = 0; from < arrays.length; from += idsAtOnce) {
      const ids = arrays.slice(from, from + idsAtOnce).join(',')
      for (const [id, standing] of await this.#past(ids)) found.set(id, standing)
      const queue = ['--noheader', '--array', '--states=all', `--jobs=${ids}`, '--format=%i|%T|%r|%N']
      const end = await this.#run('squeue', queue)
      if (end.code !== 0 && !/invalid job id/i.test(end.stderr))
        throw failed(`Slurm does not answer: ${wordsOf(end)}`, 'The tasks go on without it; it is asked again.')
      for (const [id, standing] of standingsOf(end.stdout)) found.set(id, standing)
    }
    return found
  }

  /** From the accounts, where the cluster keeps them. */
  async #past(ids: string): Promise<Map<string, JobStanding>> {
    if (!this.#accounting) return new Map()
    const what = ['--noheader', '--parsable2', '--allocations', `--jobs=${ids}`]
    const end = await this.#run('sacct', [...what, '--format=JobID,State,Reason,NodeList'])
    if (end.code === null || /disabled|not supported/i.test(end.stderr)) this.#accounting = false
    return end.code === 0 ? standingsOf(end.stdout) : new Map()
  }

  /** Ends tasks, `array_index` each: those that run are asked to go first. Throws `failed` where Slurm does not do it. */
  async cancel(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const end = await this.#run('scancel', ['--quiet', ...ids.slice(from, from + idsAtOnce)])
      if (end.code !== 0 && !/invalid job id|already complet/i.test(end.stderr))
        throw failed(`Slurm did not end the tasks: ${wordsOf(end)}`, 'Try again, or end them with scancel.')
    }
  }

  async #run(command: string, args: readonly string[]): Promise<CommandEnd> {
    const end = await runCommand(command, args, this.#environment)
    if (end.code !== null || command === 'sacct' || command === 'sinfo') return end
    throw noSlurm(command)
  }
}

export interface ArraySubmission {
  readonly count: number
  readonly name: string
  readonly script: string
  /** Pattern of the files for what tasks print. */
  readonly output: string
}

const noSlurm = (command: string): CausalscopeError =>
  refused(
    `There is no ${command} on this machine: Slurm is not here, or not on the PATH.`,
    'Start the program on a login node of the cluster, or load its Slurm first (often: module load slurm).',
    { field: 'on' },
  )

/** Slurm says "sbatch: error: ..." on several lines, the last the most general. */
function wordsOf({ stderr, code }: CommandEnd): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(s\w+|slurm_\w+): ?(error: ?)?/, '').trim())
    .filter((line) => line !== '')
  return lines.length === 0 ? `it ended with code ${code}.` : `${lines.join('; ').replace(/[.\s]*$/, '')}.`
}

function optionsOf({ partition, account, time, memory, gpus, cores, options }: SlurmSettings): string[] {
  return [
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...(account === null ? [] : [`--account=${account}`]),
    ...(time === null ? [] : [`--time=${time}`]),
    ...(memory === null ? [] : [`--mem=${memory}`]),
    ...(gpus === 0 ? [] : [`--gres=gpu:${gpus}`]),
    ...[`--nodes=1`, `--ntasks=1`, `--cpus-per-task=${cores}`],
    ...options,
  ]
}

/** Before its time is over, a task is warned: two minutes, of short ones a quarter. */
function warningSeconds(time: string | null): number {
  const seconds = time === null ? Infinity : secondsOf(time)
  return Math.max(10, Math.min(120, Math.floor(seconds / 4)))
}

/** Slurm's ways to write a time: minutes, minutes:seconds, hours:minutes:seconds, days-hours[:minutes[:seconds]]. */
function secondsOf(time: string): number {
  const [days, rest] = time.includes('-') ? time.split('-') : [null, time]
  const parts = rest.split(':').map(Number)
  if (days !== null) return Number(days) * 86_400 + (parts[0] ?? 0) * 3600 + (parts[1] ?? 0) * 60 + (parts[2] ?? 0)
  if (parts.length === 1) return parts[0]! * 60
  if (parts.length === 2) return parts[0]! * 60 + parts[1]!
  return parts[0]! * 3600 + parts[1]! * 60 + parts[2]!
}
