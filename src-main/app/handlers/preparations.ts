import type { preparationRequests } from '../../../src-shared/contract/preparations.ts'
import { completeRecipe } from '../../../src-shared/preparations/steps.ts'
import type { PreviewValues } from '../../datasets/preparations/preview.ts'
import { displayBytes, robustRange } from '../../datasets/display-range.ts'
import type { Handlers } from '../../host/router.ts'
import { listDatasets, readDataset } from '../../project/datasets.ts'
import { removePrepared } from '../../project/preparations.ts'
import { prepareInto, previewPreparation } from '../../services/preparations.ts'
import type { AppContext } from '../context.ts'
import type { DataStore } from '../data-store.ts'

export function preparationHandlers(context: AppContext): Handlers<keyof typeof preparationRequests> {
  const { store, tasks } = context
  const changed = (dataset: number) => {
    const { database } = context.session().project
    context.push({ name: 'datasets.changed', payload: { datasets: listDatasets(database) } })
    return { dataset: readDataset(database, dataset) }
  }
  return {
    'preparation.preview': ({ dataset, from, steps, samples, task }) =>
      tasks.run(task, async ({ signal }) => {
        const { database } = context.session().project
        const request = { datasetId: dataset, from, recipe: completeRecipe(steps), count: samples }
        const { ids, before, after } = await previewPreparation(database, request, { signal })
        return { ids: [...ids], before: shown(store, before, ids.length), after: shown(store, after, ids.length) }
      }),
    'preparation.add': ({ dataset, from, name, steps, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        const { database } = context.session().project
        const request = { datasetId: dataset, from, as: name, recipe: completeRecipe(steps) }
        await prepareInto(database, request, { signal, onProgress: (fraction) => report('Preparing', fraction) })
        return changed(dataset)
      }),
    'preparation.remove': ({ dataset, name }) => {
      removePrepared(context.session().project.database, dataset, name)
      return changed(dataset)
    },
  }
}

/** Values for the page: images between the values of those shown, everything else as it is. */
function shown(store: DataStore, { described, values }: PreviewValues, samples: number) {
  const { name, kind, shape, grid, gridLabel, gridUnit, valueLabel, valueUnit, features } = described
  const range = robustRange(values)
  const bytes = kind === 'image' ? displayBytes(values, spread(range)) : values
  return {
    described: {
      ...{ name, kind, shape: [...shape] },
      ...(grid === undefined ? {} : { grid: [...grid] }),
      ...(gridLabel === undefined ? {} : { gridLabel }),
      ...(gridUnit === undefined ? {} : { gridUnit }),
      ...(valueLabel === undefined ? {} : { valueLabel }),
      ...(valueUnit === undefined ? {} : { valueUnit }),
      ...(features === undefined ? {} : { features: [...features] }),
    },
    array: { modality: name, kind, array: store.put(bytes, [samples, ...shape]) },
  }
}

function spread([low, high]: readonly [number, number]): readonly [number, number] {
  return high > low ? [low, high] : [low, low + 1]
}
