/** Runs: started, gone on with, repeated, listed. */
import { type Command, Option } from 'commander'
import type { Method } from '../../../src-shared/domain/run.ts'
import { methodIds } from '../../../src-shared/methods/available.ts'
import { defaultNodesCompared, mostNodesCompared } from '../../../src-shared/domain/suggestion.ts'
import { collect, natural, positive } from '../arguments.ts'
import { withPlace } from '../place-options.ts'
import type { ReplicateOptions } from '../replicate.ts'
import type { StudyOptions } from '../study.ts'
import type { SuggestOptions } from '../suggest.ts'
import { engine, type EngineChoice, json, type Json, project, replicates, run, terminalOf } from './options.ts'

interface TrainArguments extends Json {
  readonly project: string
  readonly dataset?: number
  readonly method: Method
  readonly config?: string
  readonly nodes?: string
  readonly set: readonly string[]
  readonly anchor: readonly string[]
  readonly label?: string
  readonly knowledge?: string
  readonly seed: number
  readonly engine: EngineChoice
  readonly threads?: number
  readonly name?: string
  readonly replicates?: number
}

export function trainingCommands(program: Command): void {
  program
    .command('train')
    .description('train a method on a data set')
    .addOption(project())
    .option('--dataset <n>', 'number of the data set (default: the newest)', positive)
    .addOption(new Option('--method <method>', 'what to train').choices(methodIds).makeOptionMandatory())
    .option('--config <file>', 'configuration (JSON)')
    .option('--set <key=value>', 'one setting, dotted keys; may be repeated', collect, [])
    .option('--nodes <counts>', "each node's number of categories (default: 2,2,2)")
    .option('--anchor <node=column>', 'tie a node to a metadata column; may be repeated', collect, [])
    .option('--label <column>', 'metadata column that is to be told (causal-complete)')
    .option('--knowledge <file>', 'what is known of the nodes: JSON, or text as Tetrad writes it')
    .option('--seed <s>', 'seed of every random draw', natural, 0)
    .addOption(engine())
    .option('--threads <n>', 'worker threads of the engine', positive)
    .option('--name <name>', 'name of the run')
    .addOption(replicates())
    .addOption(json())
    .action(async (options: TrainArguments) => {
      const { train } = await import('../train.ts')
      await train(terminalOf(options), options)
    })
  withPlace(program.command('study'))
    .description('train a method over several values of its settings and several seeds, and say which does best')
    .addOption(project())
    .option('--dataset <n>', 'number of the data set (default: the newest)', positive)
    .addOption(new Option('--method <method>', 'begin a study of it').choices(methodIds))
    .option('--over <key=values>', 'a setting with its values, by comma; may be repeated', collect, [])
    .option('--seeds <n>', 'seeds that every setting is trained with', positive, 3)
    .option('--seed <s>', 'the first of them', natural, 0)
    .option('--config <file>', 'configuration that all share (JSON)')
    .option('--set <key=value>', 'one setting that all share, dotted keys; may be repeated', collect, [])
    .option('--nodes <counts>', "each node's number of categories (default: 2,2,2)")
    .option('--anchor <node=column>', 'tie a node to a metadata column; may be repeated', collect, [])
    .option('--label <column>', 'metadata column that is to be told (causal-complete)')
    .option('--knowledge <file>', 'what is known of the nodes: JSON, or text as Tetrad writes it')
    .addOption(engine())
    .option('--name <name>', 'name of the study')
    .option('--study <id>', 'go on with a study instead, or look at a finished one', positive)
    .option('--workers <n>', 'runs at once (default: one a core; on a cluster: as many as there is room for)', positive)
    .option('--by <measure>', 'validation, score, or a figure of the epochs (default: validation where there is one)')
    .option('--lower', 'less of the figure is better')
    .addOption(json())
    .action(async (options: Json & StudyOptions) => {
      const { study } = await import('../study.ts')
      await study(terminalOf(options), options)
    })
  program
    .command('suggest')
    .description('how many nodes and categories the samples speak for, none among them')
    .addOption(project())
    .option('--dataset <n>', 'number of the data set (default: the newest)', positive)
    .addOption(new Option('--method <method>', 'what would be trained').choices(methodIds).default(methodIds[0]))
    .option('--modalities <names>', 'modalities to look at, by comma (default: all)')
    .option('--max-nodes <n>', `nodes compared at most, up to ${mostNodesCompared}`, positive, defaultNodesCompared)
    .option('--set <key=value>', 'one setting of the pre-training, dotted keys; may be repeated', collect, [])
    .option('--seed <s>', 'seed of every random draw', natural, 0)
    .addOption(engine())
    .option('--threads <n>', 'worker threads of the engine', positive)
    .addOption(json())
    .action(async (options: Json & SuggestOptions) => {
      const { suggest } = await import('../suggest.ts')
      await suggest(terminalOf(options), options)
    })
  program
    .command('resume')
    .description('go on with an interrupted or failed run')
    .addOption(project())
    .addOption(run())
    .addOption(replicates())
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; replicates?: number }) => {
      const { resume } = await import('../runs.ts')
      await resume(terminalOf(options), options)
    })
  program
    .command('go-on')
    .description('train a finished run on: a new run that begins with its model and takes more epochs')
    .addOption(project())
    .addOption(run())
    .requiredOption('--epochs <n>', 'how many epochs more', positive)
    .addOption(replicates())
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; epochs: number; replicates?: number }) => {
      const { goOn } = await import('../runs.ts')
      await goOn(terminalOf(options), options)
    })
  withPlace(program.command('replicate'))
    .description('train a finished run again on parts of the samples, to see what of it returns')
    .addOption(project())
    .addOption(run())
    .addOption(replicates())
    .option('--workers <n>', 'slurm: tasks at once (default: as many as there is room for)', positive)
    .addOption(json())
    .action(async (options: Json & ReplicateOptions) => {
      const { replicate } = await import('../replicate.ts')
      await replicate(terminalOf(options), options)
    })
  program
    .command('runs')
    .description('list the runs of a project')
    .addOption(project())
    .addOption(json())
    .action(async (options: Json & { project: string }) => {
      const { runs } = await import('../runs.ts')
      await runs(terminalOf(options), options)
    })
}
