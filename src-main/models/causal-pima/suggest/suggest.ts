/**
 * How many nodes and categories to look for. Networks are pre-trained once, on all modalities and on each alone; what they
 * make of the samples does not depend on nodes. The clusters that stand apart in every view are intersected, and the
 * candidates are those that have an outcome for each of them; names decide between factorings of one number.
 */
import type { Candidate, Suggestion } from '../../../../src-shared/domain/suggestion.ts'
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import { usedModalities } from '../../../../src-shared/config/used-modalities.ts'
import { refused } from '../../../../src-shared/errors.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Dataset } from '../../../datasets/dataset.ts'
import { inTurns, type Piecewise } from '../../../statistics/piecewise.ts'
import { type Learnt, type Pretraining, samplesToLearn } from '../alone.ts'
import { countOutcomes } from '../outcomes.ts'
import { bestOf, candidateNodes, mostOutcomes, namedVerdict, sizeVerdict, type Weighed } from './candidates.ts'
import { type CountFit, countFits } from './cluster-counts.ts'
import { varyingDirections } from './directions.ts'
import type { ViewDivision } from '../../../statistics/view-division.ts'
import { finestDivision, jointClusters, standsApart } from './joint-clusters.ts'
import { namingFit } from './naming-fit.ts'

export interface SuggestOptions {
  readonly mostNodes: number
  readonly seed: number
}

/** Opens the part of a session that pre-trains. */
export type OpenPretraining = (dataset: Dataset, config: CausalPimaConfig) => Pretraining

export type Report = (label: string, fraction: number) => void

/** Share of the work that pre-training is, about. */
const trainingShare = 0.8
const counts = Array.from({ length: mostOutcomes }, (_, i) => i + 1)

interface View {
  readonly modalities: readonly string[]
  /** Row of each sample in what was learnt, -1 without the modality: [n] */
  readonly at: Int32Array
  readonly learnt: Learnt
  readonly fits: readonly CountFit[]
}

/** @param given samples that have none of the configuration's modalities left out */
export async function suggestNodes(
  given: Dataset,
  config: CausalPimaConfig,
  { mostNodes, seed }: SuggestOptions,
  open: OpenPretraining,
  report: Report,
): Promise<Suggestion> {
  const used = usedModalities(config, { modalities: given.modalities.map(({ modality }) => modality) })
  const dataset = { ...given, modalities: given.modalities.filter(({ modality }) => used.includes(modality.name)) }
  if (dataset.modalities.length === 0)
    throw refused(
      'The data set has no modality, so there is nothing to find nodes in.',
      'Tie each node to a column of the table instead, e.g. --anchor Topology=topology.',
      { field: 'modalities' },
    )
  const names = dataset.modalities.map(({ modality }) => modality.name)
  const sets = [names, ...(names.length > 1 ? names.map((name) => [name]) : [])]
  const views: View[] = []
  for (const [at, modalities] of sets.entries()) {
    const what = modalities.length === names.length ? 'all modalities' : modalities.join()
    const within = (share: number): number => (trainingShare * (at + share)) / sets.length
    const found = samplesToLearn(dataset, modalities)
    if (found === null) continue
    const training = open(found.part, pretrainingConfig(config, modalities, mostNodes))
    let learnt: Learnt
    try {
      while (!training.pretrained) {
        await training.advance()
        report(`Learning ${what}`, within(training.progress))
      }
      learnt = await training.learnt()
    } finally {
      training.dispose()
    }
    report(`Counting clusters in ${what}`, within(1))
    const random = RandomStream.of(seed, `suggest/${modalities.join()}`)
    const fits = await inTurns(countFits(learnt.points, learnt.width, counts, random))
    views.push({ modalities, at: found.at, learnt, fits })
  }
  report('Comparing nodes and categories', trainingShare)
  const result = await inTurns(compare(dataset, views, mostNodes, seed, report))
  report('Comparing nodes and categories', 1)
  return result
}

/** Nothing of it depends on nodes but the latent's size, which has room for the most that are compared. */
function pretrainingConfig(
  config: CausalPimaConfig,
  modalities: readonly string[],
  mostNodes: number,
): CausalPimaConfig {
  return {
    ...config,
    modalities: [...modalities],
    nodes: [{ name: 'N1', categories: 2, anchor: null }],
    latent: { size: config.latent.size > 0 ? config.latent.size : Math.max(mostNodes, 2) + 1 },
    experts: [],
    mixture: { ...config.mixture, oracles: false },
  }
}

function* compare(
  dataset: Dataset,
  views: readonly View[],
  mostNodes: number,
  seed: number,
  report: Report,
): Piecewise<Suggestion> {
  const samples = dataset.ids.length
  const divided = views.flatMap(({ fits, at, modalities }) => {
    const division = finestDivision(fits)
    const labels = at.map((row) => (row < 0 ? -1 : (division?.labels[row] ?? -1)))
    return division === null ? [] : [{ modalities, clusters: division.clusters, labels }]
  })
  const joint = jointClusters(divided, samples)
  const shown: ViewDivision[] = views.length > 1 ? divided.filter(({ modalities }) => modalities.length === 1) : []
  const alone = shown.map(({ clusters }) => clusters)
  const all = candidateNodes(mostNodes, joint.clusters, alone)
  const sized = all.map((nodes) => ({ nodes, size: sizeVerdict(nodes, joint.clusters) }))
  const observed = dataset.modalities.map(({ data, present }) => ({ values: data, present }))
  const weighed: Weighed[] = []
  const fitting = joint.clusters === 1 ? [] : sized.filter(({ size }) => size === 'fits')
  for (const [at, { nodes }] of fitting.entries()) {
    const random = RandomStream.of(seed, `suggest/naming/${nodes.join()}`)
    const fit = nodes.length === 1 ? null : yield* namingFit(joint, observed, nodes, shown, random)
    weighed.push({ nodes, fit })
    report('Comparing nodes and categories', trainingShare + ((1 - trainingShare) * (at + 1)) / fitting.length)
    yield 'comparing nodes and categories'
  }
  const best = bestOf(weighed)
  const fits = views[0]?.fits ?? []
  const learnt = views[0]?.learnt
  return {
    samples,
    nodes: best?.nodes ?? [],
    clusters: joint.clusters,
    views: views.map((view) => ({
      modalities: view.modalities,
      clusters: finestDivision(view.fits)?.clusters ?? 1,
    })),
    counts: fits.map((fit) => ({
      clusters: fit.clusters,
      logLikelihood: fit.logLikelihood,
      agreement: fit.agreement,
      weakest: fit.weakest,
      sharpness: fit.sharpness,
      apart: standsApart(fit),
    })),
    candidates: [
      {
        ...figures(fits, []),
        residual: null,
        nullP: null,
        structured: false,
        verdict: best === null ? 'chosen' : 'few',
      },
      ...sized.map(({ nodes, size }): Candidate => {
        const one = weighed.find((other) => other.nodes === nodes)
        return {
          ...figures(fits, nodes),
          residual: one?.fit?.residual ?? null,
          nullP: one?.fit?.nullP ?? null,
          structured: one?.fit?.structured ?? false,
          verdict: one === undefined ? (size === 'few' ? 'few' : 'many') : namedVerdict(one, best),
        }
      }),
    ],
    directions: learnt === undefined ? [] : varyingDirections(learnt.points, learnt.uncertainty),
  }
}

function figures(
  fits: readonly CountFit[],
  nodes: readonly number[],
): Pick<Candidate, 'nodes' | 'outcomes' | 'logLikelihood' | 'agreement'> {
  const outcomes = countOutcomes(nodes)
  const fit = fits.find(({ clusters }) => clusters === outcomes)
  return { nodes, outcomes, logLikelihood: fit?.logLikelihood ?? null, agreement: fit?.agreement ?? null }
}
