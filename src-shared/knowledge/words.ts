/** What was given, in a line: it is told with every finding that it went into. */
import { list } from '../findings/words.ts'
import type { Given } from './knowledge.ts'

/** "forbidden shift → hue; tiers hue, then radius and shift (none within)"; empty where nothing is given. */
export function givenWords(
  { forbidden, required, tiers, scopes, intervened }: Given,
  nodes: readonly string[],
): string {
  const name = (node: number): string => nodes[node] ?? ''
  const edges = (arcs: Given['forbidden']): string => list(arcs.map(([from, to]) => `${name(from)} → ${name(to)}`))
  const held = tiers.filter((tier) => tier.nodes.length > 0)
  const within = ({ nodes: some, closed }: Given['tiers'][number]): string =>
    `${list(some.map(name))}${closed && some.length > 1 ? ' (no edges within)' : ''}`
  const targets = (intervened?.targets ?? []).map(
    ({ nodes: set, samples }) => `${list(set.map(name))} in ${samples.toLocaleString('en')} samples`,
  )
  const parts = [
    ...(required.length === 0 ? [] : [`required ${edges(required)}`]),
    ...(forbidden.length === 0 ? [] : [`forbidden ${edges(forbidden)}`]),
    ...(held.length === 0 || (held.length === 1 && !held[0]!.closed) ? [] : [held.map(within).join(' before ')]),
    ...scopes.map(({ node, modalities }) => `${name(node)} acts on ${list(modalities)} only`),
    ...(intervened === null
      ? []
      : [`${intervened.column} says what was set${targets.length === 0 ? '' : ` (${targets.join('; ')})`}`]),
  ]
  return parts.join('; ')
}
