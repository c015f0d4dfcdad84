/** What is suggested, in sentences: window and command line say these and no others. */
import type { Candidate, Suggestion, Verdict } from '../domain/suggestion.ts'
import { cardinal, list, percent, sentence } from './words.ts'

export interface SuggestionWords {
  readonly headline: string
  readonly details: readonly string[]
}

/** "2 × 2 × 3". */
export function nodesWords(nodes: readonly number[]): string {
  return nodes.length === 0 ? 'none' : nodes.join(' × ')
}

export const verdictWords: Readonly<Record<Verdict, string>> = {
  chosen: 'suggested',
  possible: 'fits as well',
  few: 'too few outcomes for the clusters',
  many: 'more outcomes than clusters',
  unnamed: 'clusters are not made of such nodes',
}

function described(nodes: readonly number[]): string {
  const [only] = nodes
  if (nodes.length === 1) return `one node of ${only ?? 0} categories`
  const alike = nodes.every((k) => k === only)
  const count = cardinal(nodes.length)
  return alike
    ? `${count} nodes of ${only ?? 0} categories each`
    : `${count} nodes of ${list(nodes.map(String))} categories`
}

function continuum({ directions }: Suggestion): string {
  if (directions.length === 0) return 'The model finds nothing in them that varies beyond its own uncertainty.'
  const shares = list(directions.map((share) => percent(share)))
  return directions.length === 1
    ? 'They vary along one direction without a gap: one continuous component fits, a category would cut it anywhere.'
    : `They vary along ${cardinal(directions.length)} directions without a gap (${shares} of the variance): continuous components fit, categories would cut them anywhere.`
}

function basis({ views, clusters, candidates, nodes }: Suggestion): readonly string[] {
  const each = views.map(({ modalities, clusters: own }) => {
    const where = views.length > 1 && modalities.length > 1 ? 'all modalities together' : list(modalities)
    return `${own === 1 ? 'none' : own} in ${where}`
  })
  const chosen = candidates.find(({ verdict }) => verdict === 'chosen')
  const rivals = candidates.filter(({ verdict, nodes: own }) => verdict === 'possible' && own.length > 1)
  return [
    `Clusters that stand apart and return in parts of the samples: ${list(each)}${views.length > 1 ? `; ${clusters} when these are intersected` : ''}.`,
    ...(nodes.length === 1 && clusters > 3
      ? ['Nothing shows that these clusters are combinations of several nodes.']
      : []),
    ...(chosen?.structured === true ? ['What modalities show by themselves are combinations of these nodes.'] : []),
    ...(rivals.length === 0
      ? []
      : [
          `${list(rivals.map((rival: Candidate) => nodesWords(rival.nodes)))} ${rivals.length === 1 ? 'fits' : 'fit'} as many clusters and could be meant instead: compare the decoded samples.`,
        ]),
    ...(chosen !== undefined && nodes.length > 0 && chosen.outcomes > clusters
      ? [sentence(`${cardinal(chosen.outcomes - clusters)} of the ${chosen.outcomes} outcomes would have no sample.`)]
      : []),
  ]
}

/** Nats a sample by which another number of Gaussians must be likelier to be worth a word. */
const worthSaying = 0.5

/** What held-out likelihood would rather have: clusters that the samples are too few to show, or that are not Gaussian. */
function likelier({ counts, clusters }: Suggestion): readonly string[] {
  const known = counts.flatMap(({ clusters: k, logLikelihood }) =>
    logLikelihood === null ? [] : [{ k, logLikelihood }],
  )
  const own = known.find(({ k }) => k === clusters)
  const best = known.reduce<(typeof known)[number] | null>(
    (most, one) => (most === null || one.logLikelihood > most.logLikelihood ? one : most),
    null,
  )
  if (own === undefined || best === null || best.k <= clusters) return []
  const gain = best.logLikelihood - own.logLikelihood
  if (gain < worthSaying) return []
  const by = `A mixture of ${best.k} Gaussians makes held-out samples likelier by ${gain.toFixed(1)} nats each`
  return [
    clusters === 1
      ? `${by} than one does, but its pieces touch or are others in other parts of the samples.`
      : `${by}: clusters may be finer than these samples can show, or not Gaussian. More samples would tell.`,
  ]
}

export function suggestionWords(suggestion: Suggestion): SuggestionWords {
  const { nodes, clusters } = suggestion
  if (nodes.length > 0)
    return {
      headline: `${clusters} clusters stand apart: ${described(nodes)} ${nodes.length === 1 ? 'is' : 'are'} suggested.`,
      details: [...basis(suggestion), ...likelier(suggestion)],
    }
  if (clusters > 1)
    return {
      headline: `${clusters} clusters stand apart, but no nodes that were compared have so many outcomes: none is suggested.`,
      details: basis(suggestion),
    }
  return {
    headline: 'No discrete cause is suggested: the samples do not fall into clusters that stand apart.',
    details: [continuum(suggestion), ...likelier(suggestion)],
  }
}
