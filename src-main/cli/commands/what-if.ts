/** Questions to a finished run's model. */
import type { Command } from 'commander'
import { collect, natural, positive } from '../arguments.ts'
import type { InferOptions } from '../infer.ts'
import type { InterveneOptions } from '../intervene.ts'
import { json, type Json, project, run, since, terminalOf } from './options.ts'

export function whatIfCommands(program: Command): void {
  program
    .command('intervene')
    .description('what setting a node does: to all, beside what is seen, or to one sample')
    .addOption(project())
    .addOption(run())
    .requiredOption('--do <node=category>', 'what is set, by name or number; may be repeated', collect, [])
    .option('--sample <id>', 'the sample as it would have been')
    .option('--draws <n>', 'decoded samples of each kind', positive, 100)
    .option('--seed <s>', 'seed of the draws', natural, 0)
    .addOption(since())
    .option('--keep', "keep the question with the run: the report's What if answers it")
    .option('--out <dir>', 'folder for the joint distribution and decoded samples (CSV, NPZ, PNG)')
    .addOption(json())
    .action(async (options: Json & InterveneOptions) => {
      const { intervene } = await import('../intervene.ts')
      await intervene(terminalOf(options), options)
    })
  program
    .command('infer')
    .description('the other measurements of a sample told from some of them, with draws')
    .addOption(project())
    .addOption(run())
    .requiredOption('--from <modalities>', 'what is seen, by comma')
    .option('--to <modalities>', 'what is told, by comma (default: all others)')
    .option('--sample <id>', 'a sample of the run')
    .option('--file <path>', 'file or folder with new samples, measured as the others were')
    .option('--draws <n>', 'draws of each', positive, 100)
    .option('--seed <s>', 'seed of the draws', natural, 0)
    .option('--out <dir>', 'folder for the draws (NPZ, PNG, CSV)')
    .addOption(json())
    .action(async (options: Json & InferOptions) => {
      const { infer } = await import('../infer.ts')
      await infer(terminalOf(options), options)
    })
}
