import { describe, expect, it } from 'vitest'
import { insertRun } from '../../../src-main/project/runs.ts'
import {
  changeGraph,
  readGraphAnnotations,
  redoGraphChange,
  undoGraphChange,
} from '../../../src-main/services/graphs.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import { newRun, projectFolder } from '../project/project-folder.ts'

const lab = projectFolder()

const graph: LearnedGraph = {
  nodes: [
    { name: 'N1', categories: ['0', '1'], anchor: null, standing: 'provisional' },
    { name: 'N2', categories: ['0', '1'], anchor: null, standing: 'provisional' },
  ],
  strength: [
    [0, 0.9],
    [0, 0],
  ],
  edges: [
    {
      from: 0,
      to: 1,
      fromMark: 'tail',
      toMark: 'tail',
      strength: 0.9,
      support: { posterior: null, replicates: null, restarts: { forward: 1, backward: 0, of: 1 } },
      standing: 'provisional',
    },
  ],
  frequency: [
    [0, 1],
    [0, 0],
  ],
  restarts: 1,
  nodeTables: [],
  logJoint: [],
}

async function withRun() {
  const project = lab.open()
  const run = insertRun(project.database, newRun(await lab.ingest(project)))
  return { project, id: run.id }
}

describe('names and places on a graph', () => {
  it('are the learned ones until someone changes them', async () => {
    const { project, id } = await withRun()
    expect(readGraphAnnotations(project, id, graph)).toEqual({
      names: ['N1', 'N2'],
      categories: [
        ['0', '1'],
        ['0', '1'],
      ],
      positions: [null, null],
      layout: 'layered',
      undo: null,
      redo: null,
    })
  })

  it('are changed, undone and done again', async () => {
    const { project, id } = await withRun()
    changeGraph(project, id, graph, { kind: 'rename-node', node: 0, name: 'Topology' })
    changeGraph(project, id, graph, { kind: 'rename-category', node: 0, category: 1, name: 'gyroid' })
    changeGraph(project, id, graph, { kind: 'layout', layout: 'circle' })
    const after = changeGraph(project, id, graph, {
      kind: 'pin',
      positions: [
        { node: 0, position: { x: 1, y: 2 } },
        { node: 1, position: { x: 3, y: 4 } },
      ],
    })
    expect(after).toMatchObject({
      positions: [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
      undo: 'Move 2 nodes',
      layout: 'circle',
    })
    expect(readGraphAnnotations(project, id, graph)).toMatchObject({
      names: ['Topology', 'N2'],
      categories: [
        ['0', 'gyroid'],
        ['0', '1'],
      ],
    })
    expect(undoGraphChange(project, id, graph)).toMatchObject({ positions: [null, null], redo: 'Move 2 nodes' })
    undoGraphChange(project, id, graph)
    expect(undoGraphChange(project, id, graph)).toMatchObject({
      categories: [
        ['0', '1'],
        ['0', '1'],
      ],
      undo: 'Rename N1 to Topology',
    })
    expect(redoGraphChange(project, id, graph).categories[0]).toEqual(['0', 'gyroid'])
  })

  it('never give two nodes, or two categories of a node, one name', async () => {
    const { project, id } = await withRun()
    const before = readGraphAnnotations(project, id, graph)
    expect(() => changeGraph(project, id, graph, { kind: 'rename-node', node: 0, name: 'N2' })).toThrow(/Two nodes/)
    expect(() => changeGraph(project, id, graph, { kind: 'rename-category', node: 1, category: 0, name: '1' })).toThrow(
      /Two categories/,
    )
    expect(() => changeGraph(project, id, graph, { kind: 'rename-node', node: 7, name: 'x' })).toThrow(/no node 7/)
    expect(readGraphAnnotations(project, id, graph)).toEqual(before)
  })
})
