/** Whether a configuration fits the data it is to be trained on: found before a run exists, not in the middle of one. */
import type { DatasetSummary } from '../../domain/dataset.ts'
import type { CausalPimaConfig } from './config.ts'
import { knowledgeMisfits } from '../../knowledge/problems.ts'
import { usedModalities } from '../../config/used-modalities.ts'
import { nearestName } from '../../config/nearest.ts'
import type { ConfigProblem } from '../method.ts'

/** Most joint outcomes: cost and memory grow with them (causal-pima.md section 1). */
const mostComponents = 4096
/** Most that are looked for in measurements: clusters and names of more take hours, and are not found (section 5.3). */
const mostFound = 256

/** C = prod K_l. */
export function componentCount(config: CausalPimaConfig): number {
  return config.nodes.reduce((product, node) => product * node.categories, 1)
}

function missingName(field: string, what: string, wrong: string, names: readonly string[]): ConfigProblem {
  const nearest = nearestName(wrong, names)
  return {
    field,
    message: `The data set has no ${what} "${wrong}".`,
    hint: nearest === null ? `It has no ${what} at all.` : `Did you mean "${nearest}"? It has ${names.join(', ')}.`,
  }
}

function modalityProblems(config: CausalPimaConfig, dataset: DatasetSummary): ConfigProblem[] {
  const names = dataset.modalities.map((m) => m.name)
  const missing = config.modalities.flatMap((name, i) =>
    names.includes(name) ? [] : [missingName(`modalities.${i}`, 'modality', name, names)],
  )
  const experts = config.experts.flatMap(({ modality }, i): ConfigProblem[] => {
    const found = dataset.modalities.find((m) => m.name === modality)
    if (found === undefined) return [missingName(`experts.${i}.modality`, 'modality', modality, names)]
    if (found.kind === 'curve' && found.grid !== undefined) return []
    if (found.kind === 'curve')
      return [
        {
          field: `experts.${i}.modality`,
          message: `The curve "${modality}" has no grid: an expert decoder describes values over one.`,
          hint: 'Import the curve with its grid, or leave the expert out.',
        },
      ]
    return [
      {
        field: `experts.${i}.modality`,
        message: `"${modality}" is an ${found.kind}: an expert decoder describes a curve.`,
        hint: 'Choose a curve, or leave the expert out.',
      },
    ]
  })
  return [...missing, ...experts]
}

function anchorProblems(config: CausalPimaConfig, dataset: DatasetSummary): ConfigProblem[] {
  return config.nodes.flatMap(({ name, categories, anchor }, i): ConfigProblem[] => {
    if (anchor === null) return []
    const field = `nodes.${i}.anchor`
    const column = dataset.metadata.find((c) => c.column === anchor)
    const usable = dataset.metadata.filter((c) => c.kind === 'category').map((c) => c.column)
    if (column === undefined) return [missingName(field, 'column', anchor, usable)]
    const values = column.categories?.length ?? 0
    if (column.kind === 'category' && values === categories) return []
    return [
      column.kind === 'category'
        ? {
            field,
            message: `${name} has ${categories} categories, but the column "${anchor}" has ${values} values.`,
            hint: `Give ${name} ${values} categories.`,
          }
        : {
            field,
            message: `The column "${anchor}" holds numbers: ${name} needs one with categories.`,
            hint: usable.length === 0 ? '' : `Its category columns are ${usable.join(', ')}.`,
          },
    ]
  })
}

/** Everything that keeps this configuration from being trained on this data set. */
export function fitProblems(config: CausalPimaConfig, dataset: DatasetSummary): ConfigProblem[] {
  const problems = [
    ...modalityProblems(config, dataset),
    ...anchorProblems(config, dataset),
    ...knowledgeMisfits(config.knowledge, config.nodes, usedModalities(config, dataset), dataset),
  ]
  const components = componentCount(config)
  if (components > mostComponents)
    problems.push({
      field: 'nodes',
      message: `The nodes have ${components} joint outcomes; at most ${mostComponents} can be trained.`,
      hint: 'Use fewer nodes, or fewer categories a node.',
    })
  else if (components > mostFound && dataset.modalities.length > 0)
    problems.push({
      field: 'nodes',
      message: `The nodes have ${components} joint outcomes; at most ${mostFound} can be looked for in measurements in reasonable time.`,
      hint: `Use fewer nodes, or fewer categories a node: 8 nodes of 2, 4 of 4 or 2 of 16 have ${mostFound}.`,
    })
  const free = config.nodes.filter((node) => node.anchor === null)
  if (dataset.modalities.length === 0 && free.length > 0)
    problems.push({
      field: 'nodes',
      message: `The data set has no modality, so nothing can tell what ${free.map((n) => n.name).join(', ')} should be.`,
      hint: 'Anchor every node to a column, or import images, curves or vectors.',
    })
  if (dataset.modalities.length > 0 && dataset.samples < 2 * components)
    problems.push({
      field: 'nodes',
      message: `${dataset.samples} samples are too few for the ${components} joint outcomes of the nodes.`,
      hint: 'Use fewer nodes or categories: at least two samples an outcome are needed, and ten or more make sense.',
    })
  return problems
}
