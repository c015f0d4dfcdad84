import { describe, expect, it } from 'vitest'
import { annotate, readAnnotations, redoAnnotation, undoAnnotation } from '../../../src-main/project/annotations.ts'
import { insertRun } from '../../../src-main/project/runs.ts'
import { newRun, projectFolder } from './project-folder.ts'

const lab = projectFolder()

describe('annotations of a result', () => {
  it('undoes and redoes renames and pins, each as one step', async () => {
    const { database } = await withRun()
    annotate(database, 1, 'Rename N1 to Topology', [{ key: 'node/0/name', value: 'Topology' }])
    annotate(database, 1, 'Move 2 nodes', [
      { key: 'node/0/position', value: { x: 1, y: 2 } },
      { key: 'node/1/position', value: { x: 3, y: 4 } },
    ])
    annotate(database, 1, 'Rename Topology to Shape', [{ key: 'node/0/name', value: 'Shape' }])

    const once = undoAnnotation(database, 1)
    expect(once.values.get('node/0/name')).toBe('Topology')
    expect(once).toMatchObject({ undo: 'Move 2 nodes', redo: 'Rename Topology to Shape' })
    expect([...undoAnnotation(database, 1).values.keys()]).toEqual(['node/0/name'])
    expect(undoAnnotation(database, 1)).toEqual({ values: new Map(), undo: null, redo: 'Rename N1 to Topology' })
    expect(undoAnnotation(database, 1).values.size).toBe(0)

    redoAnnotation(database, 1)
    expect(redoAnnotation(database, 1).values.get('node/1/position')).toEqual({ x: 3, y: 4 })
    expect(redoAnnotation(database, 1)).toMatchObject({ redo: null })
    expect(redoAnnotation(database, 1).values.get('node/0/name')).toBe('Shape')
  })

  it('forgets what was undone once something new is done', async () => {
    const { database } = await withRun()
    annotate(database, 1, 'A', [{ key: 'layout', value: 'force' }])
    undoAnnotation(database, 1)
    expect(annotate(database, 1, 'B', [{ key: 'layout', value: 'circle' }])).toMatchObject({ undo: 'B', redo: null })
  })

  it('keeps the history when the project is closed', async () => {
    const project = await withRun()
    annotate(project.database, 1, 'Pin', [{ key: 'node/0/position', value: { x: 1, y: 1 } }])
    annotate(project.database, 1, 'Unpin', [{ key: 'node/0/position', value: null }])
    project.close()
    const { database } = lab.open()
    expect(readAnnotations(database, 1)).toMatchObject({ undo: 'Unpin', values: new Map() })
    expect(undoAnnotation(database, 1).values.get('node/0/position')).toEqual({ x: 1, y: 1 })
  })

  async function withRun() {
    const project = lab.open()
    insertRun(project.database, newRun(await lab.ingest(project)))
    return project
  }
})
