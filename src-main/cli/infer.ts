import { resolve } from 'node:path'
import type { ToldByModalities } from '../../src-shared/contract/what-if.ts'
import { refused } from '../../src-shared/errors.ts'
import { percent } from '../../src-shared/findings/words.ts'
import { sizeOf } from '../datasets/dataset.ts'
import { userValues } from '../datasets/user-values.ts'
import { type DrawnModality, writeDraws } from '../export/draws.ts'
import { readAskedSamples } from '../services/what-if/read-asked.ts'
import { readNewSamples } from '../services/what-if/new-samples.ts'
import { toldOfEach } from '../services/what-if/told-of-each.ts'
import { importProgress } from './import-progress.ts'
import { clustersOf, drawnModalities } from './intervene.ts'
import { type ModelWork, withModel } from './model-work.ts'
import type { Terminal } from './terminal.ts'

export interface InferOptions {
  readonly project: string
  readonly run: number
  /** Names of modalities, by comma. */
  readonly from: string
  readonly to?: string
  readonly sample?: string
  readonly file?: string
  readonly draws: number
  readonly seed: number
  readonly out?: string
}

const names = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** Mean and standard deviation over the draws of each value, and how far they are apart on the whole. */
function spreadOf({ modality, values }: DrawnModality) {
  const size = sizeOf(modality.shape)
  const count = values.length / size
  const user = userValues(modality, values)
  const mean = new Array<number>(size).fill(0)
  const sd = new Array<number>(size).fill(0)
  user.forEach((value, i) => (mean[i % size]! += value / count))
  user.forEach((value, i) => (sd[i % size]! += (value - mean[i % size]!) ** 2 / count))
  const rooted = sd.map(Math.sqrt)
  const { name, kind, shape, valueUnit } = modality
  const typical = Math.sqrt(sd.reduce((sum, variance) => sum + variance / size, 0))
  return { modality: name, kind, shape, unit: valueUnit ?? null, mean, sd: rooted, typical }
}

function toldText(id: string, { from, nodes, cautions }: ToldByModalities): string[] {
  const each = nodes.map(
    ({ name, categories, probabilities }) =>
      `  ${name}: ${categories.map((category, k) => `${category} ${percent(probabilities[k]!)}`).join(', ')}`,
  )
  return [...cautions.map((caution) => `Careful: ${caution}`), `${id}, from ${from.join(', ')} alone:`, ...each]
}

/** Samples to tell from, with what encoders say of them. */
async function seen(work: ModelWork, terminal: Terminal, options: InferOptions, from: readonly string[]) {
  const { project, questions, signal } = work
  const asked = await readAskedSamples(project, options.run)
  if (options.file !== undefined) {
    const { ids, given } = await readNewSamples(project, options.run, options.file, from, {
      signal,
      onProgress: importProgress(terminal),
    })
    terminal.finish()
    const question = {
      kind: 'encode' as const,
      samples: { ...given, modalities: [...given.modalities] },
      from: [...from],
    }
    return { ...asked, ids, latent: await questions.encode(options.run, question, signal) }
  }
  const row = asked.arrays.ids.indexOf(options.sample ?? '')
  if (row < 0)
    throw refused(`The run has no sample "${options.sample ?? ''}".`, `Its first is ${asked.arrays.ids[0] ?? ''}.`, {
      field: 'sample',
    })
  const question = { kind: 'encode' as const, samples: [row], from: [...from] }
  return { ...asked, ids: [asked.arrays.ids[row]!], latent: await questions.encode(options.run, question, signal) }
}

/** `infer`: nodes and other modalities from some modalities, for samples of the run or new ones. */
export async function infer(terminal: Terminal, options: InferOptions): Promise<void> {
  if ((options.sample === undefined) === (options.file === undefined))
    throw refused('Say which samples to tell from.', 'Give either --sample ID or --file PATH.', { field: 'sample' })
  await withModel(options.project, async (work) => {
    const from = names(options.from)
    const { run, ids, latent } = await seen(work, terminal, options, from)
    const clusters = clustersOf(run)
    const used = clusters.decoded.map(({ modality }) => modality)
    const to = options.to === undefined ? used.filter((name) => !from.includes(name)) : names(options.to)
    const unknown = to.find((name) => !used.includes(name))
    if (unknown !== undefined)
      throw refused(`The run did not use the modality "${unknown}".`, `It used ${used.join(', ')}.`, { field: 'to' })
    const decode = (latents: Float32Array) => work.questions.ask(options.run, { kind: 'decode', latents }, work.signal)
    let at = 0
    for await (const { id, told, decoded } of toldOfEach(
      run,
      clusters,
      { ids, from, latent },
      { count: options.draws, seed: options.seed },
      decode,
    )) {
      at++
      const drawn = drawnModalities(work, options.run, 'drawn', decoded).filter(({ modality }) =>
        to.includes(modality.name),
      )
      const folder = options.out === undefined ? undefined : resolve(options.out, ids.length > 1 ? `sample-${at}` : '')
      const files = folder === undefined ? [] : await writeDraws(folder, drawn)
      const spreads = drawn.map(spreadOf)
      const spreadLines = spreads.map(
        ({ modality, typical, unit }) =>
          `  ${modality}: ${options.draws} draws, which differ by ${typical.toPrecision(3)}${unit === null ? '' : ` ${unit}`} in a typical value (standard deviation)`,
      )
      await terminal.result(
        { sample: id, ...told, draws: options.draws, modalities: spreads, files },
        [...toldText(id, told), ...spreadLines, ...files].join('\n'),
      )
    }
  })
}
