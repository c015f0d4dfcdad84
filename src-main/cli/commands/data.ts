/** Where data come from: the demo, made sets, files of measurements. */
import type { Command } from 'commander'
import { level, natural, positive, share } from '../arguments.ts'
import { json, type Json, project, terminalOf } from './options.ts'

interface ImportFlags extends Json {
  readonly project?: string
  readonly name?: string
  readonly describe?: string
  readonly propose?: boolean
  readonly tree?: boolean
}

interface SynthOptions extends Json {
  readonly out: string
  readonly samples?: number
  readonly seed?: number
  readonly structure?: string
  readonly labels?: number
  readonly noise?: number
  readonly overlap?: number
}

export function dataCommands(program: Command): void {
  program
    .command('demo')
    .description('the main job on the bundled real sample: import, train, graph, clusters, report')
    .option('--out <dir>', 'folder to write into', 'demo')
    .addOption(json())
    .action(async (options: Json & { out: string }) => {
      const { demo } = await import('../demo.ts')
      await demo(terminalOf(options), options)
    })
  program
    .command('synth')
    .description('write a data set with known truth, as ordinary files')
    .argument(
      '<name>',
      'circles, circles-line, lattice, line-digits, sphere, convex, mmlsyn, asia, cancer, sachs, ring-decay, ... (all: docs/data-sets.md)',
    )
    .requiredOption('--out <dir>', 'folder to write')
    .option('--samples <n>', 'number of samples', positive)
    .option('--seed <s>', 'seed of every random draw', natural)
    .option('--structure <name>', 'the graph, where a set has several: fork, chain, collider, complete, independent')
    .option('--labels <fraction>', 'share of the samples whose factors are in metadata.csv', share)
    .option('--noise <sd>', 'standard deviation of the curves', level)
    .option('--overlap <share>', 'share of the samples that look more like a neighbouring category', share)
    .option('--conditional <name>', 'sphere, convex: vmf, laplace, normal or generalised-normal')
    .option('--latents <n>', 'sphere, convex: continuous latents of each side', positive)
    .option('--privates <n>', 'sphere, convex: latents that each side has for itself', natural)
    .option('--spread <value>', 'sphere, convex: concentration of vmf, scale of the others', level)
    .option('--degree <s>', 'mmlsyn: how far the spurious cause follows the true one, 0 to 1', share)
    .addOption(json())
    .action(async (name: string, { json: asJson, ...options }: SynthOptions) => {
      const { synth } = await import('../synth.ts')
      await synth(terminalOf(asJson === undefined ? {} : { json: asJson }), name, options)
    })
  program
    .command('import')
    .description('read a folder or file of measurements into a project')
    .argument('<src>', 'folder or file')
    .option('--project <file>', 'project file (*.causalscope); required but for --propose and --tree')
    .option('--name <name>', 'name of the data set')
    .option('--describe <file>', 'data description (JSON) instead of what is inferred')
    .option('--propose', 'print what would be read as a data description, and store nothing')
    .option('--tree', 'list what workbooks and containers of arrays hold, with shapes and types, and store nothing')
    .addOption(json())
    .action(async (source: string, options: ImportFlags, command: Command) => {
      if (options.tree === true) {
        const { tree } = await import('../tree.ts')
        await tree(terminalOf(options), source)
        return
      }
      const { importCommand, readDescription } = await import('../import.ts')
      if (options.propose === true) {
        const { propose } = await import('../propose.ts')
        const given = options.describe === undefined ? undefined : readDescription(options.describe)
        await propose(terminalOf(options), source, given)
        return
      }
      if (options.project === undefined)
        command.error("error: required option '--project <file>' not specified", {
          code: 'commander.missingMandatoryOptionValue',
        })
      await importCommand(terminalOf(options), source, { ...options, project: options.project })
    })
  program
    .command('recover')
    .description('make a new project of what is whole in a damaged one')
    .addOption(project())
    .requiredOption('--out <file>', 'project file to make (*.causalscope)')
    .addOption(json())
    .action(async (options: Json & { project: string; out: string }) => {
      const { recover } = await import('../recover.ts')
      await recover(terminalOf(options), options)
    })
}
