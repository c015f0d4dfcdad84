/** Modalities made of others. */
import type { Command } from 'commander'
import { positive } from '../arguments.ts'
import { stepsHelp } from '../steps-help.ts'
import { json, type Json, project, terminalOf } from './options.ts'

interface PrepareArguments extends Json {
  readonly project: string
  readonly dataset?: number
  readonly from?: string
  readonly as?: string
  readonly steps?: string
  readonly like?: number
  readonly remove?: string
  readonly list?: true
}

export function preparationCommand(program: Command): void {
  program
    .command('prepare')
    .description('make a modality of another by steps, beside it; list and remove such')
    .addOption(project())
    .option('--dataset <n>', 'number of the data set (default: the newest)', positive)
    .option('--from <modality>', 'the modality as it was imported')
    .option('--as <name>', 'name of the prepared modality')
    .option('--steps <steps>', "e.g. 'baseline(als,lambda=1e5)|snv|derivative(window=15,order=2)'")
    .option('--like <n>', 'prepare new samples as data set N was, with the numbers taken from its samples', positive)
    .option(
      '--telling',
      'make those of images and curves that divide the samples into clusters, as an import does by itself',
    )
    .option('--list', 'list what was prepared (default without other options)')
    .option('--remove <name>', 'take a prepared modality away again')
    .addOption(json())
    .addHelpText('after', () => `\n${stepsHelp()}`)
    .action(async (options: PrepareArguments) => {
      const { prepare } = await import('../prepare.ts')
      await prepare(terminalOf(options), options)
    })
}
