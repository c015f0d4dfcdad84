/** The commands and their options; each command's work is in a file of its own, loaded when it is called. */
import { Argument, Command, Option } from 'commander'
import type { EngineName, Method } from '../../src-shared/domain/run.ts'
import { methodIds } from '../../src-shared/methods/available.ts'
import { defaultNodesCompared, mostNodesCompared } from '../../src-shared/domain/suggestion.ts'
import { defaultReplicates } from '../../src-shared/domain/replication.ts'
import { collect, level, natural, positive, share } from './arguments.ts'
import type { Benchmark } from './bench/bench.ts'
import { stepsHelp } from './steps-help.ts'
import type { FindingsOptions } from './findings.ts'
import type { InferOptions } from './infer.ts'
import type { InterveneOptions } from './intervene.ts'
import type { QueryOptions } from './query.ts'
import type { ProbeCommandOptions } from './probe.ts'
import type { StudyOptions } from './study.ts'
import { withPlace } from './place-options.ts'
import type { ReplicateOptions } from './replicate.ts'
import type { SuggestOptions } from './suggest.ts'
import { Terminal } from './terminal.ts'

const engineNames = ['auto', 'tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'] as const satisfies readonly (
  EngineName | 'auto'
)[]

const project = (): Option => new Option('--project <file>', 'project file (*.causalscope)').makeOptionMandatory()
const json = (): Option => new Option('--json', 'results as JSON, one object a line')
const run = (): Option => new Option('--run <id>', 'number of the run').argParser(positive).makeOptionMandatory()

const since = (): Option =>
  new Option('--knowledge <file>', 'what is known since, as train takes it: graphs that agree')

const replicates = (): Option =>
  new Option(
    '--replicates <r>',
    `trainings on other parts of the samples that show what of the run returns; 0: none (default: ${defaultReplicates})`,
  ).argParser(natural)

interface ImportFlags extends Json {
  readonly project?: string
  readonly name?: string
  readonly describe?: string
  readonly propose?: boolean
  readonly tree?: boolean
}

interface Json {
  readonly json?: true
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
  readonly engine: (typeof engineNames)[number]
  readonly threads?: number
  readonly name?: string
  readonly replicates?: number
}

interface BenchArguments extends Json {
  readonly engine: (typeof engineNames)[number]
  readonly threads?: number
  readonly batch: number
  readonly steps: number
  readonly samples: number
  readonly repeats: number
}

function terminalOf({ json: asJson }: Json): Terminal {
  return new Terminal(asJson === true)
}

function dataCommands(program: Command): void {
  program
    .command('demo')
    .description('the main job on the bundled real sample: import, train, graph, clusters, report')
    .option('--out <dir>', 'folder to write into', 'demo')
    .addOption(json())
    .action(async (options: Json & { out: string }) => {
      const { demo } = await import('./demo.ts')
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
      const { synth } = await import('./synth.ts')
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
        const { tree } = await import('./tree.ts')
        await tree(terminalOf(options), source)
        return
      }
      const { importCommand, readDescription } = await import('./import.ts')
      if (options.propose === true) {
        const { propose } = await import('./propose.ts')
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
}

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

function preparationCommand(program: Command): void {
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
      const { prepare } = await import('./prepare.ts')
      await prepare(terminalOf(options), options)
    })
}

function trainingCommands(program: Command): void {
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
    .addOption(new Option('--engine <engine>', 'tensor engine').choices(engineNames).default('auto'))
    .option('--threads <n>', 'worker threads of the engine', positive)
    .option('--name <name>', 'name of the run')
    .addOption(replicates())
    .addOption(json())
    .action(async (options: TrainArguments) => {
      const { train } = await import('./train.ts')
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
    .addOption(new Option('--engine <engine>', 'tensor engine').choices(engineNames).default('auto'))
    .option('--name <name>', 'name of the study')
    .option('--study <id>', 'go on with a study instead, or look at a finished one', positive)
    .option('--workers <n>', 'runs at once (default: one a core; on a cluster: as many as there is room for)', positive)
    .option('--by <measure>', 'validation, score, or a figure of the epochs (default: validation where there is one)')
    .option('--lower', 'less of the figure is better')
    .addOption(json())
    .action(async (options: Json & StudyOptions) => {
      const { study } = await import('./study.ts')
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
    .addOption(new Option('--engine <engine>', 'tensor engine').choices(engineNames).default('auto'))
    .option('--threads <n>', 'worker threads of the engine', positive)
    .addOption(json())
    .action(async (options: Json & SuggestOptions) => {
      const { suggest } = await import('./suggest.ts')
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
      const { resume } = await import('./runs.ts')
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
      const { goOn } = await import('./runs.ts')
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
      const { replicate } = await import('./replicate.ts')
      await replicate(terminalOf(options), options)
    })
  program
    .command('runs')
    .description('list the runs of a project')
    .addOption(project())
    .addOption(json())
    .action(async (options: Json & { project: string }) => {
      const { runs } = await import('./runs.ts')
      await runs(terminalOf(options), options)
    })
}

function resultCommands(program: Command): void {
  program
    .command('findings')
    .description('what may be stated of a finished run, and how firmly')
    .addOption(project())
    .addOption(run())
    .addOption(since())
    .option('--keep', 'keep it with the run: window, report and exports say all under it; a file of {} takes it back')
    .addOption(json())
    .action(async (options: Json & FindingsOptions) => {
      const { findingsCommand } = await import('./findings.ts')
      await findingsCommand(terminalOf(options), options)
    })
  program
    .command('query')
    .description('what the learned graph implies: d-separation, paths and adjustment sets, or the members of its class')
    .addOption(project())
    .addOption(run())
    .option('--from <nodes>', 'nodes by name or number, by comma; without it and --to: the graphs of the class')
    .option('--to <nodes>', 'the nodes on the other side')
    .option('--given <nodes>', 'the nodes that are held')
    .addOption(since())
    .addOption(json())
    .action(async (options: Json & QueryOptions) => {
      const { query } = await import('./query.ts')
      await query(terminalOf(options), options)
    })
  program
    .command('name')
    .description('give names to nodes, components or clusters of a finished run')
    .argument(
      '<names...>',
      'OLD=NEW, e.g. C1=Width, or a cluster by its categories: "thin, hot=Brittle"; nothing after = gives its own name back',
    )
    .addOption(project())
    .addOption(run())
    .addOption(json())
    .action(async (names: string[], options: Json & { project: string; run: number }) => {
      const { nameCommand } = await import('./name.ts')
      await nameCommand(terminalOf(options), names, options)
    })
  program
    .command('evaluate')
    .description('every metric of a finished run that the data allow')
    .addOption(project())
    .addOption(run())
    .option('--truth <file>', 'truth.json to compare with')
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; truth?: string }) => {
      const { evaluate } = await import('./evaluate.ts')
      await evaluate(terminalOf(options), options)
    })
  program
    .command('predict')
    .description("tell the label of another data set's samples with a finished run")
    .addOption(project())
    .addOption(run())
    .requiredOption('--dataset <n>', 'number of the data set with the new samples', positive)
    .requiredOption('--out <file>', 'table to write (CSV)')
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; dataset: number; out: string }) => {
      const { predict } = await import('./predict.ts')
      await predict(terminalOf(options), options)
    })
  program
    .command('export')
    .description('write a finished run as files')
    .addOption(project())
    .addOption(run())
    .requiredOption('--out <dir>', 'folder to write into')
    .option('--formats <names>', 'comma-separated, e.g. clusters.csv,graph.dot,report.html (default: all)')
    .option('--bom', 'begin CSV files with a byte order mark, for Excel and LibreOffice on a double click')
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; out: string; formats?: string; bom?: boolean }) => {
      const { exportCommand } = await import('./export.ts')
      await exportCommand(terminalOf(options), options)
    })
}

function whatIfCommands(program: Command): void {
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
      const { intervene } = await import('./intervene.ts')
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
      const { infer } = await import('./infer.ts')
      await infer(terminalOf(options), options)
    })
}

function probeCommand(program: Command): void {
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
      const { probe } = await import('./probe.ts')
      await probe(terminalOf(options), options)
    })
}

function machineCommands(program: Command): void {
  program
    .command('engines')
    .description('tensor engines: which are here, on what device, and why not')
    .addOption(
      new Option('--native <folder>', 'take a TensorFlow library of your own as the engine').conflicts('forget'),
    )
    .option('--forget', 'forget the TensorFlow that was named')
    .addOption(json())
    .action(async (options: Json & { readonly native?: string; readonly forget?: true }) => {
      const { engines, forgetNative, nameNative } = await import('./engines.ts')
      if (options.native !== undefined) await nameNative(terminalOf(options), options.native)
      else if (options.forget === true) await forgetNative(terminalOf(options))
      else await engines(terminalOf(options))
    })
  program
    .command('bench')
    .description('how fast this machine trains and imports')
    .addArgument(new Argument('<what>', 'what to measure').choices(['step', 'train', 'import', 'kernels']))
    .addOption(new Option('--engine <engine>', 'tensor engine').choices(engineNames).default('auto'))
    .option('--threads <n>', 'worker threads of the engine', positive)
    .option('--batch <n>', 'step, kernels: samples a step', positive, 128)
    .option('--steps <n>', 'step: steps timed', positive, 50)
    .option('--samples <n>', 'train, import: number of samples', positive, 4096)
    .option('--repeats <n>', 'import, kernels: times measured', positive, 9)
    .addOption(json())
    .action(async (what: Benchmark, options: BenchArguments) => {
      const { bench } = await import('./bench/bench.ts')
      await bench(terminalOf(options), what, options)
    })
}

/** The whole command line; parsing throws a CommanderError instead of ending the process. */
export function commandLine(version: string): Command {
  const program = new Command('causalscope')
    .description('Discover causal structure in paired, multimodal laboratory measurements, offline.')
    .version(version)
    .showHelpAfterError('(--help lists what there is)')
    .showSuggestionAfterError()
    .exitOverride()
  dataCommands(program)
  preparationCommand(program)
  trainingCommands(program)
  resultCommands(program)
  whatIfCommands(program)
  probeCommand(program)
  machineCommands(program)
  return program
}
