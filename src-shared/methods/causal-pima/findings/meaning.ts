/** What the names of nodes and categories rest on, in sentences: labels, or the assignment search and how firmly it stands. */
import type { LearnedGraph } from '../../../graph/learned-graph.ts'
import type { NamingEvidence } from '../../naming-evidence.ts'
import type { AssignmentReading, Clusters } from '../../facets.ts'
import { evidenceThresholds } from '../../../findings/thresholds.ts'
import { thresholds } from '../thresholds.ts'
import { type Finding, info, warning } from '../../../findings/finding.ts'
import { list, sentence, tellApart } from '../../../findings/words.ts'

const { namingNull } = thresholds

function rivalsOf(chosen: AssignmentReading, rivals: readonly AssignmentReading[]): AssignmentReading[] {
  return rivals
    .filter((reading) => reading.order.join() !== chosen.order.join())
    .toSorted((a, b) => a.residual - b.residual)
}

export function meaning(graph: LearnedGraph, assignment: Clusters['assignment']): readonly Finding[] {
  const free = graph.nodes.filter((node) => node.anchor === null).map((node) => node.name)
  if (free.length === 0) return []
  const whose = free.length === graph.nodes.length && free.length > 1 ? 'the nodes and their categories' : list(free)
  if (assignment === null)
    return [
      info(
        'meaning',
        `No label ties ${free.length === 1 ? `the categories of ${list(free)}` : whose}: they are clusters, and the decoded samples show what they mean.`,
      ),
    ]
  const { chosen, evidence } = assignment
  const rivals = rivalsOf(chosen, assignment.rivals)
  const next = rivals[0]
  const [score, nextScore] = tellApart(chosen.residual, next?.residual ?? Infinity)
  const scores = next === undefined ? `residual ${score}` : `residual ${score}; the next best reading ${nextScore}`
  const found = [
    info(
      'meaning',
      `What ${whose} mean rests on the assignment search (${scores}), not on labels: check it against the decoded samples.`,
    ),
  ]
  return evidence == null ? found : [...found, ...doubts(evidence), ...silent(evidence)]
}

/** What speaks against the names besides a close rival. */
function doubts({ nullP, measuresAgree, distinct, margin }: NamingEvidence): readonly Finding[] {
  const found: Finding[] = []
  if (nullP !== null && nullP > namingNull)
    found.push(
      warning(
        'meaning',
        `Clusters without any structure of nodes would be named as well with probability ${nullP.toFixed(2)}: the nodes may not be real. Train again with another seed, another modality or an anchor.`,
      ),
    )
  if (!distinct)
    found.push(
      warning(
        'meaning',
        'The clusters lie along fewer directions than there are nodes, as the pieces of a continuum would: the nodes may not be real.',
      ),
    )
  if (!measuresAgree && margin !== null && margin >= evidenceThresholds.equalReading)
    found.push(
      warning(
        'meaning',
        'Measures of how clusters differ prefer different names for them: treat what the nodes mean as undecided.',
      ),
    )
  return found
}

/** Modalities that say nothing about the names, and such as would say otherwise. */
function silent({ votes }: NamingEvidence): readonly Finding[] {
  const without = votes.filter(({ counted }) => !counted).map(({ modality }) => modality)
  const against = votes.filter(({ agrees }) => agrees === false).map(({ modality }) => modality)
  const found: Finding[] = []
  if (without.length > 0)
    found.push(
      info(
        'meaning',
        sentence(
          `${list(without)} ${without.length === 1 ? 'has' : 'have'} no say in the names: the clusters do not differ in ${without.length === 1 ? 'it' : 'them'} beyond noise.`,
        ),
      ),
    )
  if (against.length > 0 && votes.filter(({ counted }) => counted).length > 1)
    found.push(info('meaning', sentence(`${list(against)} alone would name the clusters otherwise.`)))
  return found
}
