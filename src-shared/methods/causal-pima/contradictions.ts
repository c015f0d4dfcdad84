/** Where a configuration contradicts itself, whatever the data. */
import type { CausalPimaConfig } from './config.ts'
import { knowledgeProblems } from '../../knowledge/problems.ts'
import type { ConfigProblem } from '../method.ts'

/** Indices of the items whose key an earlier item has. */
function repeated<T>(items: readonly T[], key: (item: T) => string | null): number[] {
  const seen = new Set<string>()
  return items.flatMap((item, i) => {
    const own = key(item)
    if (own === null) return []
    if (seen.has(own)) return [i]
    seen.add(own)
    return []
  })
}

export function contradictions({ nodes, modalities, experts, knowledge }: CausalPimaConfig): ConfigProblem[] {
  return [
    ...knowledgeProblems(
      knowledge,
      nodes.map(({ name }) => name),
    ),
    ...repeated(nodes, ({ name }) => name).map((i) => ({
      field: `nodes.${i}.name`,
      message: `Two nodes are called "${nodes[i]!.name}".`,
      hint: 'Give each node a name of its own.',
    })),
    ...repeated(nodes, ({ anchor }) => anchor).map((i) => ({
      field: `nodes.${i}.anchor`,
      message: `Two nodes are anchored to the column "${nodes[i]!.anchor ?? ''}".`,
      hint: 'Anchor each node to a column of its own.',
    })),
    ...repeated(modalities, (name) => name).map((i) => ({
      field: `modalities.${i}`,
      message: `The modality "${modalities[i]!}" is listed twice.`,
      hint: 'List each modality once.',
    })),
    ...repeated(experts, ({ modality }) => modality).map((i) => ({
      field: `experts.${i}.modality`,
      message: `The curve "${experts[i]!.modality}" has two experts.`,
      hint: 'Give each curve one expert at most.',
    })),
    ...experts.flatMap(({ kind, formula, modality }, i) =>
      kind !== 'formula' || (formula ?? '').trim() !== ''
        ? []
        : [
            {
              field: `experts.${i}.formula`,
              message: `The formula expert for "${modality}" has no formula.`,
              hint: 'Write one in t and named parameters, e.g. a * exp(-k * t).',
            },
          ],
    ),
    ...experts.flatMap(({ modality }, i) =>
      modalities.length === 0 || modalities.includes(modality)
        ? []
        : [
            {
              field: `experts.${i}.modality`,
              message: `The run does not use "${modality}", which the expert describes.`,
              hint: `Use that modality too, or leave the expert out.`,
            },
          ],
    ),
  ]
}
