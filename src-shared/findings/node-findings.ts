/** Which nodes return in trainings on other parts of the samples, in other readings, and in labels that these did not see. */
import { incompleteWords } from '../config/left-out.ts'
import type { Estimate, Judgement } from '../domain/judgement.ts'
import { edgeSigns } from '../graph/edge-words.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { named } from '../graph/marked-graph.ts'
import { type Finding, info, warning } from './finding.ts'
import { returns } from './returns.ts'
import { evidenceThresholds } from './thresholds.ts'
import { differingReadings, edgesInAll, samplesToLabel } from './readings.ts'
import { cardinal, list, percent, sentence } from './words.ts'

const { contradictedLabels, rebuilt: rebuiltFrom } = evidenceThresholds

const figure = (value: number): string => Math.max(0, value).toFixed(2)
const between = ({ interval: [low, high] }: Estimate): string => `${figure(low)} to ${figure(high)}`

export function rebuiltFindings({ rebuilt }: Judgement): readonly Finding[] {
  return rebuilt
    .filter(({ explained }) => explained < rebuiltFrom)
    .map(({ modality }) =>
      warning('clusters', `The model rebuilds ${modality} no better than by its mean: nothing of it is in the graph.`),
    )
}

/** More than this share of incomplete samples is a caution, less is said. */
const manyIncomplete = 0.1

/** What was not measured of every sample is never filled in, and weighs on what is found across modalities. */
export function incompleteFindings({ incomplete, samples }: Judgement): readonly Finding[] {
  if (incomplete === 0) return []
  const text = `${incompleteWords(incomplete, samples)} What joins modalities rests on the others.`
  return [incomplete > manyIncomplete * samples ? warning('clusters', text) : info('clusters', text)]
}

export function nodeFindings(graph: LearnedGraph, judgement: Judgement): readonly Finding[] {
  const name = (node: number): string => graph.nodes[node]!.name
  return [
    ...unfinished(judgement),
    ...returning(judgement, name),
    ...judgement.nodes.flatMap(({ heldOut }, node) => (heldOut === null ? [] : [labels(name(node), heldOut)])),
    ...rivalReadings(graph, judgement, name),
    ...furtherClusters(graph, judgement),
  ]
}

function unfinished({ replicates, planned }: Judgement): readonly Finding[] {
  if (replicates === 0 || replicates >= planned) return []
  return [warning('nodes', `Only ${replicates} of ${planned} replicates are done.`)]
}

const scale = '1 is the same clusters and 0 chance'

function returning({ nodes, replicates, stability }: Judgement, name: (node: number) => string): readonly Finding[] {
  if (replicates === 0) return []
  const measured = nodes.flatMap((node, l) =>
    node.replicability === null ? [] : [{ l, estimate: node.replicability }],
  )
  const good = measured.filter(({ estimate }) => returns(estimate))
  const poor = measured.filter(({ estimate }) => !returns(estimate))
  const trainings = replicates === 1 ? 'one training' : `${cardinal(replicates)} trainings`
  const said = ({ l, estimate }: { l: number; estimate: Estimate }): string =>
    `${name(l)} by ${figure(estimate.mean)} (${between(estimate)})`
  const where = `${trainings} on other parts of the samples`
  return [
    ...(poor.length === 0
      ? []
      : [warning('nodes', sentence(`${where} agree on ${list(poor.map(said))}, where ${scale}.`))]),
    ...(good.length === 0
      ? []
      : [
          info(
            'nodes',
            sentence(
              `${list(good.map(({ l }) => name(l)))} ${good.length === 1 ? 'returns' : 'return'} in ${where}: they agree on ${list(good.map(said))}${poor.length === 0 ? `, where ${scale}` : ''}.`,
            ),
          ),
        ]),
    ...(stability === null || measured.length === 0
      ? []
      : [info('clusters', `A sample keeps its categories in ${percent(stability)} of these trainings on average.`)]),
  ]
}

function labels(name: string, { agreeing, of }: { agreeing: number; of: number }): Finding {
  const share = percent(agreeing / of)
  return agreeing / of < 1 - contradictedLabels
    ? warning(
        'meaning',
        `Of ${of} labels of ${name} that a training was not shown, only ${share} are what it says of their samples: labels and clusters contradict each other.`,
      )
    : info(
        'meaning',
        `Of ${of} labels of ${name} that a training was not shown, ${share} are what it says of their samples.`,
      )
}

/** What the asked number of nodes and categories leaves untold: said where nodes are, for else nothing is claimed of clusters. */
function furtherClusters({ nodes }: LearnedGraph, { divided, nodes: judged }: Judgement): readonly Finding[] {
  if (divided.length === 0 || judged.every(({ standing }) => standing === 'unsupported')) return []
  const outcomes = nodes.reduce((product, { categories }) => product * categories.length, 1)
  const which = divided.length === 1 ? 'One' : sentence(cardinal(divided.length))
  return [
    warning(
      'clusters',
      `${which} of ${outcomes} joint outcomes ${divided.length === 1 ? 'falls' : 'fall'} into two groups of samples with next to nothing between them: something tells them apart that these nodes and categories do not name, so that a node may be two in one. Ask how many there are (suggest), or for one node or category more.`,
    ),
  ]
}

/** Samples named in a sentence; window, report and `findings --json` have all. */
const mostNamed = 8

function rivalReadings(graph: LearnedGraph, judgement: Judgement, name: (node: number) => string): readonly Finding[] {
  const { nodes } = judgement
  const apart = nodes.flatMap(({ shared }, l) => (shared ? [] : [l]))
  if (apart.length === 0) return []
  const shared = nodes.flatMap(({ shared: holds }, l) => (holds ? [name(l)] : []))
  const readings = differingReadings(judgement)
  const scores = readings.map(({ residual }) => residual?.toFixed(3) ?? '').join(', ')
  const common = shared.length === 0 ? 'share no node' : `share ${list(shared)} and differ in ${list(apart.map(name))}`
  return [
    warning(
      'meaning',
      `${sentence(cardinal(readings.length))} readings of the clusters fit equally (residuals ${scores}): they ${common}.${holding(graph, judgement, name)} No statistic of these data settles it; labels of ${list(apart.map(name))} for a few samples would${samplesNamed(judgement)}.`,
    ),
  ]
}

/** " A → C holds in all." */
function holding(graph: LearnedGraph, judgement: Judgement, name: (node: number) => string): string {
  const claimed = graph.edges.filter(({ standing }) => standing !== 'unsupported')
  const edges = named(edgesInAll(claimed, judgement), name).map(edgeSigns)
  return edges.length === 0 ? '' : ` ${list(edges)} ${edges.length === 1 ? 'holds' : 'hold'} in all.`
}

function samplesNamed(judgement: Judgement): string {
  const ids = samplesToLabel(judgement)
  if (ids.length === 0) return ''
  const more = ids.length - mostNamed
  return ` (${ids.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}), or another modality that shows it`
}
