import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { clustersView } from '../../../src-main/app/clusters-view.ts'
import { DataStore } from '../../../src-main/app/data-store.ts'
import type { SampleArrays } from '../../../src-shared/domain/result.ts'
import { bodyOf, valuesOf } from '../example-result.ts'
import { exampleRun } from '../export/example-run.ts'

function copyOf(arrays: SampleArrays): SampleArrays {
  const mean = arrays.named.latentMean!
  return { ids: [...arrays.ids], named: { ...arrays.named, latentMean: { ...mean, values: mean.values.slice() } } }
}

/** A view of the example, and what holds its first arrays weakly. */
function viewed(store: DataStore) {
  const { result, arrays: stored, dataset, judged } = exampleRun()
  const arrays = copyOf(stored)
  let reads = 0
  const view = clustersView({
    ...{ runId: 3, result, arrays, store },
    annotations: {
      names: bodyOf(result).graph.nodes.map(({ name }) => name),
      categories: bodyOf(result).graph.nodes.map(({ categories }) => categories),
      positions: [],
      layout: 'layered',
      undo: null,
      redo: null,
    },
    judgement: judged!.judgement,
    titles: ['a', 'b', 'c', 'd'],
    metadata: dataset.metadata.map(({ column }) => column),
    readMetadata: () => dataset.metadata,
    readArrays: () => {
      reads++
      return Promise.resolve(stored)
    },
  })
  return { view, stored, first: new WeakRef(valuesOf(arrays, 'mean')), reads: () => reads }
}

async function floats(store: DataStore, url: string): Promise<Float32Array> {
  const served = await store.serve(url)
  return new Float32Array(served!.body.slice().buffer)
}

it('answers every array anew when it is fetched', async () => {
  const store = new DataStore()
  const { view, stored, reads } = viewed(store)
  expect(reads()).toBe(0)
  expect(view.nodes.map(({ standing }) => standing)).toEqual(view.nodes.map(() => 'supported'))
  expect(await floats(store, view.mean.url)).toEqual(valuesOf(stored, 'mean'))
  expect(reads()).toBe(1)
  const refs = [view.sd, view.projection.points, view.component, view.responsibilities]
  const all = [...refs, ...[...view.nodes, ...view.errors, ...view.labels].map(({ values }) => values)]
  for (const { url, shape } of all) {
    const served = await store.serve(url)
    expect(served!.body.byteLength, url).toBe(4 * shape.reduce((product, n) => product * n, 1))
  }
  expect(JSON.parse(new TextDecoder().decode((await store.serve(view.idsUrl))!.body))).toEqual(stored.ids)
})

it('holds no array of a run that was looked at', async () => {
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void
  const store = new DataStore()
  const { first, view } = viewed(store)
  await new Promise(setImmediate)
  collect()
  expect(first.deref()).toBeUndefined()
  expect(await store.serve(view.mean.url)).not.toBeNull()
})
