/** One sample as it would have been: abduct its outcome, its nodes' noise and its latent offset, act, decode (evidence.md section 5). */
import type { Counterfactual } from '../../../src-shared/contract/what-if.ts'
import { list, percent } from '../../../src-shared/findings/words.ts'
import { matrixOf, type SampleArrays } from '../../../src-shared/domain/result.ts'
import type { Setting } from '../../../src-shared/graph-questions/called.ts'
import { edgeConstraints } from '../../../src-shared/knowledge/constraints.ts'
import { parentChoices } from '../../../src-shared/graph/class-members.ts'
import { dagOf } from '../../../src-shared/graph/marked-graph.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { facetOf } from '../../../src-shared/methods/results.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { tablesOf } from '../../evidence/class-effect.ts'
import { counterfactualOutcome } from '../../evidence/counterfactual.ts'
import type { AskedRun } from './asked-run.ts'
import { componentsByOutcome, type Draws, pointsOf } from './draws.ts'
import { effectOf, settingWords, sharesOf } from './effect.ts'

/** Draws that the probabilities are told from. */
const counted = 2000
const mostGraphs = 200

export interface SampleWould {
  readonly counterfactual: Counterfactual
  /** Latent points of what it would have been. */
  readonly would: Draws
  /** [latent] as the sample is. */
  readonly is: Float32Array
}

export interface SampleQuestion {
  /** Row among the run's samples. */
  readonly row: number
  readonly settings: readonly Setting[]
  readonly count: number
  readonly seed: number
}

/** @param clusters the run's own: a run without has no sample to decode */
export function counterfactualOf(
  run: AskedRun,
  clusters: Clusters,
  arrays: SampleArrays,
  { row, settings, count, seed }: SampleQuestion,
): SampleWould {
  const { graph, result } = run
  // Refuses settings that are none.
  const { cautions } = effectOf(run, settings)
  const gamma = matrixOf(arrays, clusters.responsibilities)
  const means = matrixOf(arrays, facetOf(result, 'representation').mean)
  const was = [...gamma.values.subarray(row * gamma.columns, (row + 1) * gamma.columns)]
  const is = means.values.slice(row * means.columns, (row + 1) * means.columns)
  const { members } = parentChoices(
    dagOf(graph.nodes.length, graph.edges),
    settings.map(({ node }) => node),
    mostGraphs,
    edgeConstraints(graph.given, graph.nodes.length),
  )
  const categories = graph.nodes.map((node) => node.categories.length)
  const mechanisms = members.map((dag) => ({ dag, tables: tablesOf(graph, dag), categories }))
  const random = RandomStream.of(seed, `counterfactual/${row}`)
  const pairs = Array.from({ length: Math.max(count, counted) }, () => {
    const factual = random.categorical(was)
    const mechanism = mechanisms[random.integer(mechanisms.length)]!
    return { factual, would: counterfactualOutcome(mechanism, factual, settings, random) }
  })
  const components = componentsByOutcome(clusters)
  const shown = pairs.filter(({ factual, would }) => components.has(factual) && components.has(would)).slice(0, count)
  const points = shown.map(({ factual, would }) => {
    const [from, to] = [components.get(factual)!.mean, components.get(would)!.mean]
    return to.map((mean, j) => mean + is[j]! - from[j]!)
  })
  const share = new Array<number>(gamma.columns).fill(0)
  for (const { would } of pairs) share[would]! += 1 / pairs.length
  const [before, after] = [sharesOf(graph, was), sharesOf(graph, share)]
  const nodes = graph.nodes.map(({ name, categories: of }, l) => ({
    name,
    categories: [...of],
    was: before[l]!,
    would: after[l]!,
  }))
  const sample = arrays.ids[row] ?? String(row)
  const likeliest = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares))
  const others = nodes.filter((_, l) => settings.every(({ node }) => node !== l))
  return {
    is,
    would: { outcomes: shown.map(({ would }) => would), latents: pointsOf(points) },
    counterfactual: {
      sample,
      settings: settings.map((one) => ({ ...one })),
      cautions: [...cautions],
      assumptions: assumptionsOf(members.length),
      text: [
        `${sample} has ${list(nodes.map((node) => `${node.name} = ${node.categories[likeliest(node.was)]!} (${percent(node.was[likeliest(node.was)]!)})`))}.`,
        ...(others.length === 0
          ? []
          : [
              `Had ${settingWords(graph, settings)} been set, it would have ${list(others.map((node) => `${node.name} = ${node.categories[likeliest(node.would)]!} (${percent(node.would[likeliest(node.would)]!)})`))}.`,
            ]),
      ],
      nodes,
    },
  }
}

function assumptionsOf(graphs: number): string[] {
  return [
    'Kept: the category of every node that nothing set drives, and how the sample differs from the typical one of its combination of categories (its offset from the component in the latent space).',
    'Assumed: a driven node changes its category only towards one that has become more probable against its own (Gumbel-max mechanism); the samples cannot test this.',
    'No cause of two nodes is unmeasured, and one sample is drawn as the model rebuilds it, without measurement noise.',
    ...(graphs === 1
      ? []
      : [`The draws are shared out evenly over ${graphs} ways to orient what drives the nodes that are set.`]),
  ]
}
