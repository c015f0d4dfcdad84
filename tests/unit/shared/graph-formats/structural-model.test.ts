import { describe, expect, it } from 'vitest'
import { info, warning } from '../../../../src-shared/findings/finding.ts'
import { lightPaint } from '../../../../src-shared/colours.ts'
import {
  structuralModel,
  structuralModelText,
  structuralWords,
} from '../../../../src-shared/graph-formats/structural-model.ts'
import { structuralPicture } from '../../../../src-shared/graph-picture/structural-picture.ts'
import { nodeBox } from '../../../../src-shared/graph-picture/node-box.ts'
import { graphSvg } from '../../../../src-shared/graph-picture/svg.ts'

const row = (kind: 'clean' | 'modalities', modalities: string[], accuracy: number) => ({
  ...{ kind, corruption: '', modalities, samples: 40, accuracy, worst: accuracy, base: null },
})
const told = {
  label: 'sort & kind',
  accuracy: { value: 0.9, low: 0.8, high: 0.95 },
  risk: { sufficiency: 0.1, necessity: 0.25 },
  robustness: [
    row('clean', ['image', 'curve'], 0.9),
    row('modalities', ['image', 'curve'], 0.9),
    row('modalities', ['image'], 0.85),
    row('modalities', ['curve'], 0.4),
  ],
  attention: [
    { modality: 'image', takes: [0.75, 0.25] },
    { modality: 'curve', takes: [0.25, 0.75] },
  ],
}

describe('the structural causal model of a told label', () => {
  it('has on each edge what was measured there, and says what was not measured', () => {
    const { nodes, edges } = structuralModel(told)
    expect(nodes.map(({ id }) => id)).toEqual(['y', 'fc', 'fs', 'x0', 'x1', 'v', 'z', 'told'])
    const edge = (from: string, to: string) => edges.find((one) => one.from === from && one.to === to)!
    expect(edge('x0', 'z').measured).toEqual({ accuracyAlone: 0.85, accuracyWithout: 0.4 })
    expect(edge('x1', 'v').measured).toEqual({ attention: 0.5 })
    expect(edge('z', 'told').measured).toEqual({ accuracy: 0.9, sufficiencyRisk: 0.1, necessityRisk: 0.25 })
    expect(edges.filter(({ assumed }) => assumed).map(({ from, to }) => from + to)).toEqual(['yfc', 'fcx0', 'fsx0', 'fcx1', 'fsx1']) // prettier-ignore
    expect(structuralWords(structuralModel(told))).toMatch(/image to Z: learned: alone 85 %, without 40 %/)
  })

  it('has no instrument where nothing taught it, and no shares of a single modality', () => {
    const lone = structuralModel({ ...told, attention: [], robustness: [row('clean', ['image'], 0.9)] })
    expect(lone.nodes.map(({ id }) => id)).toEqual(['y', 'fc', 'fs', 'x0', 'z', 'told'])
    expect(lone.edges.find(({ from, to }) => from === 'x0' && to === 'z')!.measured).toEqual({})
  })

  it('leaves as JSON, DOT and GraphML with the same edges, names escaped', () => {
    const finding = {
      headline: 'The label is told.',
      provisional: true,
      details: [warning('support', 'Few were\nmeasured.'), info('support', 'Many were learnt from.')],
      notes: ['A note.'],
    }
    const json = JSON.parse(structuralModelText(told, 'json', { finding })) as { edges: unknown[]; finding: object }
    expect(json.edges).toHaveLength(structuralModel(told).edges.length)
    expect(json.finding).toEqual({
      headline: 'The label is told.',
      provisional: true,
      cautions: ['Few were\nmeasured.'],
    })
    expect(structuralModelText(told, 'graphml', { finding })).toContain('[&quot;Few were\\nmeasured.&quot;]')
    const dot = structuralModelText(told, 'dot', { finding })
    expect(dot).toContain('{\n  // finding: The label is told.\n  // careful: Few were measured.\n  rankdir')
    expect(dot).toMatch(/x0 -> z \[label="alone 85 %, without 40 %"\];/)
    expect(dot).toMatch(/y -> fc \[style=dashed\];/)
    const graphml = structuralModelText(told, 'graphml', {})
    expect(graphml).toMatch(/<data key="label">sort &amp; kind<\/data>/)
    expect(graphml).toMatch(/<data key="accuracyAlone">0.85<\/data>/)
  })

  it('is drawn without boxes on each other, each line of an edge by itself', () => {
    const { picture, positions } = structuralPicture(structuralModel(told))
    const boxes = picture.nodes.map((node, at) => ({ ...nodeBox(node), ...positions[at]! }))
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2).toBe(true) // prettier-ignore
    const svg = graphSvg(picture, { layout: 'layered', positions }, { title: 'model', paint: lightPaint, standalone: true }) // prettier-ignore
    expect(svg).toMatch(/>alone 85 %<\/text>/)
    expect(svg).toMatch(/>without 40 %<\/text>/)
    expect(svg).toMatch(/taken for given by the method, not measured/)
    expect(svg).not.toMatch(/wider: stronger edge/)
  })
})
