/** Work on a Slurm cluster: how it is asked for, and how its tasks stand. */

/** What is asked of Slurm for each task. Null: as the cluster has it. */
export interface SlurmSettings {
  /** A folder that this machine and the nodes see under one name: the work folders are made in it. */
  readonly folder: string
  readonly partition: string | null
  readonly account: string | null
  /** As Slurm writes times: minutes, hours:minutes:seconds, days-hours. */
  readonly time: string | null
  /** As Slurm writes sizes: 4G. */
  readonly memory: string | null
  readonly gpus: number
  /** Cores, and threads, of each task. */
  readonly cores: number
  /** Tasks of a work that may run at once; null: as many as there is room for. */
  readonly atOnce: number | null
  /** Further options of sbatch, one each: --qos=long. */
  readonly options: readonly string[]
  /** Lines of a shell before the program starts: module load. Empty: none. */
  readonly setup: string
  /** How often Slurm and the folder are asked, seconds. */
  readonly pollSeconds: number
}

export const usualSlurm: SlurmSettings = {
  ...{ folder: '', partition: null, account: null, time: null, memory: null, gpus: 0, cores: 1, atOnce: null },
  ...{ options: [], setup: '', pollSeconds: 10 },
}

/**
 * `waiting`: not with Slurm yet, or no more; `queued`, `running`: as Slurm says; `done`: its result is in the project;
 * `failed`, `stopped`: its end.
 */
export const taskStates = ['waiting', 'queued', 'running', 'done', 'failed', 'stopped'] as const
export type TaskState = (typeof taskStates)[number]
