/**
 * The partial causal graph (partial-causal.md section 6) as a picture: every component as a latent of each modality that
 * shows it, arrows from the latents to what was measured, and between the two sides of a component a line without a
 * direction, with its coupling.
 */
import type { ComponentsView } from '../../../src-shared/contract/components.ts'
import { percent } from '../../../src-shared/findings/words.ts'
import { standingWords } from '../../../src-shared/graph/edge-words.ts'
import type { Standing } from '../../../src-shared/graph/edge.ts'
import type { Position } from '../../../src-shared/graph-picture/geometry.ts'
import { nodeBox } from '../../../src-shared/graph-picture/node-box.ts'
import type { GraphPicture, PictureEdge, PictureNode, PicturePart } from '../../../src-shared/graph-picture/picture.ts'
import { type Ring, ringPlaces } from './ring-places.ts'

export interface PartialPicture {
  readonly picture: GraphPicture
  readonly positions: readonly Position[]
  /** By node: its place among all that can be chosen, shared components first; null: it cannot be. */
  readonly choices: readonly (number | null)[]
}

type Shown = Pick<ComponentsView, 'modalities' | 'pairs' | 'components' | 'privates'>

const arrowStrength = 0.6

function firmness(standing: Standing): string {
  const words = standingWords[standing]
  return words === '' ? '' : `, ${words}`
}

/** What is measured has no standing: it is there. */
export function partialPicture({ modalities, pairs, components, privates }: Shown): PartialPicture {
  const nodes: PictureNode[] = []
  const edges: PictureEdge[] = []
  const choices: (number | null)[] = []
  const rings: Ring[] = []
  /** Node of each shared component, by modality. */
  const shared: (readonly number[])[] = []

  function add(
    name: string,
    standing: Standing,
    kind: PicturePart['kind'],
    words: string,
    choice: number | null,
  ): number {
    choices.push(choice)
    const node = nodes.length
    nodes.push({ node, name, categories: [], standing, part: { kind, words, open: choice !== null } })
    return node
  }
  const makes = (from: number, to: number): void => {
    const standing = nodes[from]!.standing
    const marks = { fromMark: 'tail', toMark: 'arrow' } as const
    edges.push({ from, to, ...marks, strength: arrowStrength, label: '', standing, match: 'plain', assumed: true })
  }

  for (const { name: modality } of modalities) {
    const inner = components.map(({ title, standing }, c) =>
      add(title, standing, 'latent', `${title} of ${modality}: shared${firmness(standing)}`, c),
    )
    const measured = add(modality, 'supported', 'measured', `${modality}: measured`, null)
    const own = privates.flatMap((part, p) => (part.modality === modality ? [{ ...part, p }] : []))
    const outer = own.map(({ title, standing, explained, p }) => {
      const words = `${title} of ${modality} alone: ${percent(explained)} of its variance${firmness(standing)}`
      return add(title, standing, 'latent', words, components.length + p)
    })
    // The model has private latents whether or not any component of them was found.
    if (outer.length === 0) outer.push(add('m', 'provisional', 'latent', `What ${modality} varies in alone`, null))
    for (const latent of [...inner, ...outer]) makes(latent, measured)
    shared.push(inner)
    rings.push([inner, [measured], outer])
  }

  pairs.forEach(({ first, second }, p) => {
    const at = (name: string): number => modalities.findIndex((modality) => modality.name === name)
    components.forEach(({ coupling, standing }, c) => {
      const [from, to, strength] = [shared[at(first)]?.[c], shared[at(second)]?.[c], coupling[p]]
      if (from === undefined || to === undefined || strength === undefined) return
      const said = standing === 'provisional' ? '' : standingWords[standing]
      edges.push({
        ...{ from, to, fromMark: 'tail', toMark: 'tail', standing, match: 'plain', assumed: true },
        strength: Math.abs(strength),
        label: [strength.toFixed(2), ...(said === '' ? [] : [said])].join('\n'),
      })
    })
  })
  const picture = { nodes, edges, judged: false }
  return { picture, positions: ringPlaces(nodes.map(nodeBox), rings), choices }
}
