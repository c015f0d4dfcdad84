/** What a representation is good for. */
import { type Command, Option } from 'commander'
import { natural, positive, share } from '../arguments.ts'
import type { ProbeCommandOptions } from '../probe.ts'
import { json, type Json, project, terminalOf } from './options.ts'

export function probeCommand(program: Command): void {
  program
    .command('probe')
    .description('few-shot accuracy of a modality before and after unmixing, over several draws of labelled samples')
    .addOption(project())
    .option('--dataset <n>', 'number of the data set (default: the newest)', positive)
    .option('--modality <name>', 'what to probe (default: the one of vectors or embeddings; of a run: all it made)')
    .addOption(
      new Option('--run <id>', "probe a finished run's representation instead of a modality").argParser(positive),
    )
    .requiredOption('--label <column>', 'metadata column of the classes')
    .option('--domain <column>', 'metadata column of domains: the others are shifted test sets')
    .option('--source-domain <name>', 'the domain that labelled samples are drawn from (default: the largest)')
    .option('--shots <numbers>', 'labelled samples of each class, by comma', '1,2,4,8,16')
    .option('--seeds <n>', 'draws of labelled samples', positive, 5)
    .option('--seed <s>', 'seed of the first draw', natural, 0)
    .addOption(
      new Option('--profile <name>', 'as the paper says, or as the released code does')
        .choices(['paper', 'released'])
        .default('paper'),
    )
    .addOption(
      new Option(
        '--fit <rows>',
        'what unmixing is fitted on: all samples not tested on, or the labelled few (default: pool; released: shots)',
      ).choices(['pool', 'shots']),
    )
    .option('--heads <names>', 'probe, cached or both, by comma', 'probe')
    .option('--test-share <share>', "share of the source domain's samples to test on", share, 0.2)
    .option('--principal <n>', 'principal directions before FastICA', positive, 500)
    .option('--components <n>', 'components of FastICA (default: 300 alone, 160 after PCA)', positive)
    .option('--out <dir>', 'folder to write probe.csv and probe.json into')
    .addOption(json())
    .action(async (options: Json & ProbeCommandOptions) => {
      const { probe } = await import('../probe.ts')
      await probe(terminalOf(options), options)
    })
}
