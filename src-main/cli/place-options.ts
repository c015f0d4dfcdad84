/** The options of a command whose runs may be trained elsewhere. */
import { type Command, Option } from 'commander'
import { collect, level, natural, positive } from './arguments.ts'

export interface PlaceOptions {
  readonly on?: 'local' | 'slurm'
  readonly workFolder?: string
  readonly partition?: string
  readonly account?: string
  readonly time?: string
  readonly memory?: string
  readonly gpus?: number
  readonly cores?: number
  readonly workers?: number
  readonly slurm?: readonly string[]
  readonly setup?: string
  readonly poll?: number
  readonly cancel?: true
}

/** Adds the options of a place. */
export function withPlace(command: Command): Command {
  return command
    .addOption(new Option('--on <place>', 'train here, or as tasks of a Slurm cluster').choices(['local', 'slurm']))
    .option('--work-folder <dir>', 'slurm: folder that this machine and the nodes see under one path')
    .option('--partition <name>', 'slurm: partition (default: the cluster’s)')
    .option('--account <name>', 'slurm: account that pays (default: yours)')
    .option('--time <limit>', 'slurm: time of a task, e.g. 2:00:00 (default: the partition’s)')
    .option('--memory <size>', 'slurm: memory of a task, e.g. 4G (default: the partition’s)')
    .option('--gpus <n>', 'slurm: GPUs of a task', natural)
    .option('--cores <n>', 'slurm: cores and threads of a task', positive)
    .option('--slurm <option>', 'slurm: a further option of sbatch, e.g. --slurm=--qos=long; may be repeated', collect)
    .option('--setup <lines>', 'slurm: lines of a shell before the program starts, e.g. "module load node"')
    .option('--poll <seconds>', 'slurm: how often the cluster is asked', level)
    .option('--cancel', 'slurm: end the tasks that are open, with their checkpoints brought home')
}
