import { type CheckedRun, clustersOf, graphOf } from '../export/finished-run.ts'

/** What tells the clusters apart in the user's own quantity: the mean of each at the end of its curve. */
export function clusterLines(run: CheckedRun): string[] {
  const { dataset } = run
  const { components, component } = clustersOf(run)
  const graph = graphOf(run)
  const curve = dataset.modalities.find((m) => m.modality.kind === 'curve')
  if (curve === undefined) return []
  const { shape, scaling, name, grid = [] } = curve.modality
  const last = shape[0]! - 1
  const at = (values: readonly number[]): number => values[values.length === 1 ? 0 : last] ?? 0
  return components.map(({ outcome, categories, nearest }) => {
    const rows = [...component.keys()].filter((row) => component[row] === outcome)
    const total = rows.reduce((sum, row) => sum + curve.data[row * shape[0]! + last]!, 0)
    const mean = at(scaling.offset) + at(scaling.scale) * (total / rows.length)
    const called = categories.map((k, l) => `${graph.nodes[l]!.name} = ${graph.nodes[l]!.categories[k] ?? k}`)
    if (rows.length === 0) return `  ${called.join(', ')}: no sample`
    return `  ${called.join(', ')}: ${rows.length} samples, mean ${name} ${mean.toFixed(1)} at ${grid[last] ?? last}, e.g. ${nearest[0] ?? ''}`
  })
}
