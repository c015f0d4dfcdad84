/** The synthetic sets by name, and the one way to make them: settings checked, labels drawn the same way for all. */
import { refused } from '../../../src-shared/errors.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { asia } from './asia.ts'
import { cancer } from './cancer.ts'
import { circles } from './circles.ts'
import { circlesLine } from './circles-line.ts'
import { earthquake } from './earthquake.ts'
import { coupledSets } from './coupled/coupled-sets.ts'
import { families } from './families/families.ts'
import { interventions } from './interventions.ts'
import { lattice } from './lattice.ts'
import { lineDigits } from './line-digits.ts'
import { networkTable } from './network-table.ts'
import { mmlsyn } from './mmlsyn.ts'
import { nulls } from './nulls/nulls.ts'
import { sachs } from './sachs.ts'
import type { Generator, SyntheticSet, SyntheticSettings } from './sample-set.ts'

export const syntheticGenerators: ReadonlyMap<string, Generator> = new Map([
  ['circles', circles],
  ['circles-line', circlesLine],
  ['lattice', lattice],
  ['line-digits', lineDigits],
  ['asia', networkTable(asia)],
  ['cancer', networkTable(cancer)],
  ['earthquake', networkTable(earthquake)],
  ['sachs', networkTable(sachs)],
  ['interventions', interventions],
  ...coupledSets,
  ['mmlsyn', mmlsyn],
  ...families,
  ...nulls,
])

/** Tables of fewer columns of real numbers are no measurement to an import. */
const fewestColumns = 6

/** More would not fit in memory as 8-bit images and float32 rows. */
const mostSamples = 200_000

export interface SyntheticOptions {
  readonly samples?: number
  readonly seed?: number
  readonly structure?: string
  /** Share of the samples whose factors are known, 0 to 1; absent: no metadata (tables: all known). */
  readonly labels?: number
  /** Standard deviation of the curves' noise, in their unit. */
  readonly noise?: number
  /** Share of the samples that look more like a neighbouring category than like their own, 0 to 0.4. */
  readonly overlap?: number
  /** How one side's latents are drawn around the other's. */
  readonly conditional?: string
  /** Continuous latents of each side. */
  readonly latents?: number
  /** Latents that each side has for itself. */
  readonly privates?: number
  /** Concentration or scale of that draw. */
  readonly spread?: number
  /** Degree to which a spurious cause follows the true one, 0 to 1. */
  readonly degree?: number
}

/**
 * Makes a set in memory. The same name, options and seed give the same samples on every machine, and fewer samples are
 * the first of more. Throws on an unknown name and on options that the set does not have.
 */
export async function makeSynthetic(name: string, options: SyntheticOptions = {}): Promise<SyntheticSet> {
  const generator = generatorOf(name)
  const settings = settingsOf(name, generator, options)
  const labels = labelsOf(name, generator, options.labels)
  const made = await generator.make(settings)
  return {
    ...made,
    name,
    labelled: labels === null ? null : drawLabelled(settings.samples, labels, settings.seed),
    settings: {
      samples: settings.samples,
      seed: settings.seed,
      ...(settings.structure === null ? {} : { structure: settings.structure }),
      ...(settings.noise === null ? {} : { noise: settings.noise }),
      ...(settings.overlap === null ? {} : { overlap: settings.overlap }),
      ...(settings.conditional === null ? {} : { conditional: settings.conditional }),
      ...(settings.latents === null ? {} : { latents: settings.latents }),
      ...(settings.privates === null ? {} : { privates: settings.privates }),
      ...(settings.spread === null ? {} : { spread: settings.spread }),
      ...(settings.degree === null ? {} : { degree: settings.degree }),
      ...(labels === null ? {} : { labels }),
    },
  }
}

/** Exactly round(share n) samples are labelled; a larger share keeps those of a smaller one. */
function drawLabelled(n: number, share: number, seed: number): Uint8Array {
  const labelled = new Uint8Array(n)
  const order = RandomStream.of(seed, 'synthetic/labels').permutation(n)
  for (const i of order.subarray(0, Math.round(share * n))) labelled[i] = 1
  return labelled
}

function generatorOf(name: string): Generator {
  const generator = syntheticGenerators.get(name)
  if (generator !== undefined) return generator
  const known = `The data sets are ${[...syntheticGenerators.keys()].join(', ')}.`
  throw refused(`There is no synthetic data set named ${name}.`, known, { field: 'name' })
}

function settingsOf(name: string, generator: Generator, options: SyntheticOptions): SyntheticSettings {
  const { samples = generator.samples, seed = 0, structure, noise, overlap, degree } = options
  if (!Number.isSafeInteger(samples) || samples < 1 || samples > mostSamples)
    throw refused(`${samples} is no number of samples.`, `Give a whole number from 1 to ${mostSamples}.`, {
      field: 'samples',
    })
  if (!Number.isSafeInteger(seed)) throw refused(`${seed} is no seed.`, 'Give a whole number.', { field: 'seed' })
  const structures = generator.structures
  if (structure !== undefined && structures?.includes(structure) !== true)
    throw refused(
      `${name} has no structure ${structure}.`,
      structures === undefined ? `Leave it out: the graph of ${name} is fixed.` : `Choose ${structures.join(', ')}.`,
      { field: 'structure' },
    )
  if (noise !== undefined && generator.noise === undefined)
    throw refused(`${name} has no curve, so no noise to set.`, 'Leave it out.', { field: 'noise' })
  if (noise !== undefined && !(Number.isFinite(noise) && noise >= 0))
    throw refused(`${noise} is no noise level.`, 'Give a standard deviation of 0 or more.', { field: 'noise' })
  if (overlap !== undefined && generator.overlap === undefined)
    throw refused(`${name} has no overlap to set.`, 'Leave it out.', { field: 'overlap' })
  if (overlap !== undefined && !(overlap >= 0 && overlap <= 0.4))
    throw refused(`${overlap} is no overlap.`, 'Give a share of the samples from 0 to 0.4.', { field: 'overlap' })
  if (degree !== undefined && generator.degree === undefined)
    throw refused(`${name} has no spurious cause, so no degree to set.`, 'Leave it out.', { field: 'degree' })
  if (degree !== undefined && !(degree >= 0 && degree <= 1))
    throw refused(`${degree} is no degree.`, 'Give a number from 0 to 1.', { field: 'degree' })
  return {
    samples,
    seed,
    structure: structure ?? structures?.[0] ?? null,
    noise: noise ?? generator.noise ?? null,
    overlap: overlap ?? generator.overlap ?? null,
    degree: degree ?? generator.degree ?? null,
    ...coupledSettingsOf(name, generator, options),
  }
}

/** The settings of sets with two coupled sides. */
function coupledSettingsOf(
  name: string,
  { conditionals, latents, privates }: Generator,
  options: SyntheticOptions,
): Pick<SyntheticSettings, 'conditional' | 'latents' | 'privates' | 'spread'> {
  const fields = ['conditional', 'latents', 'privates', 'spread'] as const
  const wrong = conditionals === undefined ? fields.find((field) => options[field] !== undefined) : undefined
  if (wrong !== undefined) throw refused(`${name} has no ${wrong} to set.`, 'Leave it out.', { field: wrong })
  const { conditional = conditionals?.[0] ?? null, latents: size = latents ?? null, spread = null } = options
  if (conditional !== null && conditionals?.includes(conditional) === false)
    throw refused(`${name} has no conditional ${conditional}.`, `Choose ${conditionals.join(', ')}.`, {
      field: 'conditional',
    })
  if (size !== null && !(Number.isSafeInteger(size) && size >= 2 && size <= 100))
    throw refused(`${size} is no number of latents.`, 'Give a whole number from 2 to 100.', { field: 'latents' })
  const hidden = options.privates ?? privates ?? null
  if (hidden !== null && !(Number.isSafeInteger(hidden) && hidden >= 0 && hidden <= 100))
    throw refused(`${hidden} is no number of private latents.`, 'Give a whole number from 0 to 100.', {
      field: 'privates',
    })
  if (size !== null && hidden !== null && size + hidden < fewestColumns)
    throw refused(
      `${size} latents and ${hidden} private ones make tables of ${size + hidden} columns, which an import takes for metadata.`,
      `Ask for ${fewestColumns} or more in all.`,
      { field: 'privates' },
    )
  if (spread !== null && !(Number.isFinite(spread) && spread > 0))
    throw refused(`${spread} is no spread.`, 'Give a number above 0.', { field: 'spread' })
  return { conditional, latents: size, privates: hidden, spread }
}

function labelsOf(name: string, generator: Generator, labels: number | undefined): number | null {
  if (labels !== undefined && !(labels >= 0 && labels <= 1))
    throw refused(`${labels} is no share of labels.`, 'Give a number from 0 to 1, e.g. 0.05.', { field: 'labels' })
  if (labels !== undefined && generator.conditionals !== undefined)
    throw refused(`${name} has no categories to label.`, 'Leave the labels out.', { field: 'labels' })
  if (labels !== undefined && generator.degree !== undefined)
    throw refused(`${name} comes with the label of every sample.`, 'Leave the labels out.', { field: 'labels' })
  if (generator.table !== true) return labels ?? null
  if (labels !== undefined && labels !== 1)
    throw refused(
      `${name} is a table of its factors: without them a row holds nothing.`,
      'Leave the labels out: every row is known.',
      { field: 'labels' },
    )
  return 1
}
