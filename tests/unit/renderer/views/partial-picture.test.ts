import { describe, expect, it } from 'vitest'
import { partialPicture } from '../../../../src-renderer/views/components/partial-picture.ts'
import { nodeBox } from '../../../../src-shared/graph-picture/node-box.ts'
import { edgeLook } from '../../../../src-shared/graph-picture/look.ts'

type View = Parameters<typeof partialPicture>[0]

const component = (title: string, standing: View['components'][number]['standing'], coupling: number[]) => ({
  ...{ name: title, title, standing, coupling, strength: coupling[0]!, replicability: null, along: [] },
})
const own = (modality: string, title: string, standing: View['privates'][number]['standing']) => ({
  ...{ modality, name: title, title, standing, explained: 0.24, replicability: null, along: [] },
})
const two: View = {
  modalities: [
    { name: 'images', samples: 90 },
    { name: 'curves', samples: 80 },
  ],
  pairs: [{ first: 'images', second: 'curves', information: 1.2 }],
  components: [
    component('Width', 'supported', [0.91]),
    component('C2', 'tentative', [0.42]),
    component('C3', 'unsupported', [-0.08]),
  ],
  privates: [own('curves', 'curves P1', 'unsupported')],
}
const three: View = {
  modalities: [...two.modalities, { name: 'table', samples: 90 }],
  pairs: [
    { first: 'images', second: 'curves', information: 1.2 },
    { first: 'images', second: 'table', information: 0.5 },
    { first: 'curves', second: 'table', information: 0.6 },
  ],
  components: ['C1', 'C2', 'C3', 'C4', 'C5'].map((title) => component(title, 'provisional', [0.9, 0.5, 0.4])),
  privates: ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'].map((name) => own('table', `table ${name}`, 'provisional')),
}

function ends(view: View, directed: boolean): string[] {
  const { nodes, edges } = partialPicture(view).picture
  const words = (node: number): string => nodes[node]!.part!.words
  return edges
    .filter(({ toMark }) => (toMark === 'arrow') === directed)
    .map(({ from, to }) => `${words(from)} > ${words(to)}`)
}

describe('the picture of a partial causal graph', () => {
  it('has arrows from shared and private latents to what was measured', () => {
    expect(ends(two, true)).toEqual([
      'Width of images: shared > images: measured',
      'C2 of images: shared, tentative > images: measured',
      'C3 of images: shared, not supported > images: measured',
      'What images varies in alone > images: measured',
      'Width of curves: shared > curves: measured',
      'C2 of curves: shared, tentative > curves: measured',
      'C3 of curves: shared, not supported > curves: measured',
      'curves P1 of curves alone: 24 % of its variance, not supported > curves: measured',
    ])
  })

  it('joins the two sides of each component, without a direction, by its coupling', () => {
    const { edges } = partialPicture(two).picture
    const lines = edges.filter(({ toMark }) => toMark === 'tail')
    expect(ends(two, false)[0]).toBe('Width of images: shared > Width of curves: shared')
    expect(lines.map(({ fromMark, strength, label }) => [fromMark, strength, label])).toEqual([
      ['tail', 0.91, '0.91'],
      ['tail', 0.42, '0.42\ntentative'],
      ['tail', 0.08, '-0.08\nnot supported'],
    ])
    expect(lines.map(edgeLook).map(({ line }) => line)).toEqual(['solid', 'dashed', 'dotted'])
    const [firm, tentative, none] = lines.map(edgeLook)
    expect(firm!.opacity).toBe(1)
    expect(tentative!.opacity).toBeLessThan(1)
    expect(none!.opacity).toBeLessThan(tentative!.opacity)
    expect(firm!.width).toBeGreaterThan(tentative!.width)
  })

  it('lets components be chosen on either side, private ones after them, and nothing else', () => {
    expect(partialPicture(two).choices).toEqual([0, 1, 2, null, null, 0, 1, 2, null, 3])
  })

  it('takes the coupling of each pair of three modalities', () => {
    expect(partialPicture(three).picture.edges.filter(({ label }) => label === '0.40')).toHaveLength(5)
    expect(ends(three, false)).toHaveLength(15)
    expect(ends(three, false)[2]).toContain('of curves')
  })

  it.each([
    ['two', two],
    ['three', three],
    ['four', { ...three, modalities: [...three.modalities, { name: 'spectra', samples: 9 }] }],
  ])('places %s modalities so that no boxes overlap', (_, view) => {
    const { picture, positions } = partialPicture(view)
    const boxes = picture.nodes.map((node, n) => ({ ...nodeBox(node), ...positions[n]! }))
    const overlapping = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
        .map((b) => [a.name, b.name]),
    )
    expect(overlapping).toEqual([])
  })
})
