/** The learned graph of a run as a picture, under its shown names and in its places. */
import type { Paint } from '../../src-shared/colours.ts'
import { cautionsOf } from '../../src-shared/findings/finding.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { marginals } from '../../src-shared/graph-formats/probabilities.ts'
import { placed } from '../../src-shared/graph-picture/layout.ts'
import { nodeBox } from '../../src-shared/graph-picture/node-box.ts'
import { type GraphPicture, pictureOf } from '../../src-shared/graph-picture/picture.ts'
import { unplaced } from '../../src-shared/graph-picture/placement.ts'
import { structuralPicture } from '../../src-shared/graph-picture/structural-picture.ts'
import { graphSvg } from '../../src-shared/graph-picture/svg.ts'
import { structuralModel, structuralWords } from '../../src-shared/graph-formats/structural-model.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import { type CheckedRun, graphOf, predictionOf, toldOf } from './finished-run.ts'

function picture(graph: LearnedGraph, comparison: CheckedRun['comparison']): GraphPicture {
  const shares = marginals(graph)
  return pictureOf(
    { nodes: graph.nodes.map((node, l) => ({ ...node, marginal: shares[l]! })), edges: graph.edges },
    comparison ?? null,
  )
}

/** As an SVG element; `standalone` for a file of its own, which shows a comparison too. */
export function drawnGraph(run: CheckedRun, paint: Paint, standalone: boolean): string {
  if (run.graph === null && facetsOf(run.result).prediction !== null) return drawnModel(run, paint, standalone)
  const graph = graphOf(run)
  const { placement, comparison } = run
  const finding = toldOf(run)
  return graphSvg(picture(graph, standalone ? comparison : null), placement ?? unplaced, {
    title: `Learned graph. ${finding.headline}`,
    ...(standalone ? { described: cautionsOf(finding) } : {}),
    paint,
    standalone,
  })
}

/** The structural causal model of a told label. */
export function drawnModel(run: CheckedRun, paint: Paint, standalone: boolean): string {
  const model = structuralModel(predictionOf(run))
  const { picture: drawn, positions } = structuralPicture(model)
  return graphSvg(
    drawn,
    { layout: 'layered', positions },
    {
      title: `Structural causal model. ${structuralWords(model)}.`,
      ...(standalone ? { described: cautionsOf(toldOf(run)) } : {}),
      paint,
      standalone,
    },
  )
}

/** Centre of each node, in units of the picture. */
export function nodePositions(run: CheckedRun): readonly (readonly [x: number, y: number])[] {
  const { nodes, edges } = picture(graphOf(run), null)
  return placed(nodes.map(nodeBox), edges, run.placement ?? unplaced).map(({ x, y }) => [x, y] as const)
}
