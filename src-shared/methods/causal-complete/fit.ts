/** Whether a configuration fits the data it is to be trained on, and where it contradicts itself. */
import { isObject } from '../../json-object.ts'
import { refused } from '../../errors.ts'
import { nearestName } from '../../config/nearest.ts'
import { usedModalities } from '../../config/used-modalities.ts'
import type { DatasetSummary } from '../../domain/dataset.ts'
import type { ConfigProblem, ShortForms } from '../method.ts'
import type { CausalCompleteConfig } from './config.ts'
import { splitPart } from './split-values.ts'

const fewestSamples = 8

export function contradictions({ modalities, features, training }: CausalCompleteConfig): ConfigProblem[] {
  const twice = modalities.flatMap((name, i) =>
    modalities.indexOf(name) < i
      ? [{ field: `modalities.${i}`, message: `The modality "${name}" is listed twice.`, hint: 'List each once.' }]
      : [],
  )
  if (features.run === null || training.leaveOut === 0) return twice
  return [
    ...twice,
    {
      field: 'training.leaveOut',
      message: 'A finished run that is learnt on has joined the modalities already: none can be left out of a step.',
      hint: 'Set it to 0, or learn on the measurements.',
    },
  ]
}

function labelProblems({ label }: CausalCompleteConfig, { metadata }: DatasetSummary): ConfigProblem[] {
  const usable = metadata.flatMap(({ kind, column }) => (kind === 'category' ? [column] : []))
  const which = usable.length === 0 ? 'It has no column with classes.' : `Columns with classes: ${usable.join(', ')}.`
  const problem = (message: string, hint: string): ConfigProblem[] => [{ field: 'label', message, hint }]
  if (label === '')
    return usable.length === 0
      ? problem('The data set has no label column.', 'Import a column of classes beside the measurements.')
      : problem('No label was chosen.', `${which} Choose one of them (on the command line with --label).`)
  const column = metadata.find((one) => one.column === label)
  if (column === undefined) {
    const nearest = nearestName(label, usable)
    return problem(`The data set has no column "${label}".`, nearest === null ? which : `Did you mean "${nearest}"? ${which}`) // prettier-ignore
  }
  if (column.kind === 'number')
    return problem(
      `The column "${label}" holds numbers; a label has classes.`,
      `${which} To take its numbers as classes, import it as a category.`,
    )
  const classes = column.categories?.length ?? 0
  if (classes >= 2) return []
  const found = classes === 0 ? 'no value' : `one value only, "${column.categories?.[0] ?? ''}"`
  return problem(`The column "${label}" has ${found}: there is nothing to tell apart.`, 'Choose a column with two classes or more.') // prettier-ignore
}

function splitProblems({ training: { split } }: CausalCompleteConfig, { metadata }: DatasetSummary): ConfigProblem[] {
  if (split === '') return []
  const problem = (message: string): ConfigProblem[] => [
    { field: 'training.split', message, hint: 'Give a column of train, validation and test, or leave it empty.' },
  ]
  const column = metadata.find((one) => one.column === split)
  if (column === undefined) return problem(`The data set has no column "${split}".`)
  const unknown = (column.categories ?? []).filter((value) => splitPart(value) === null)
  if (column.kind === 'number' || unknown.length > 0)
    return problem(`The column "${split}" says ${column.kind === 'number' ? 'numbers' : unknown.slice(0, 3).join(', ')}: that is no part of a split.`) // prettier-ignore
  if (!(column.categories ?? []).some((value) => splitPart(value) === 'training'))
    return problem(`The column "${split}" leaves no sample to learn from.`)
  return []
}

export function fitProblems(config: CausalCompleteConfig, dataset: DatasetSummary): ConfigProblem[] {
  const names = dataset.modalities.map(({ name }) => name)
  const missing = config.modalities.flatMap((name, i): ConfigProblem[] => {
    if (names.includes(name)) return []
    const nearest = nearestName(name, names)
    const hint = nearest === null ? 'It has none at all.' : `Did you mean "${nearest}"? It has ${names.join(', ')}.`
    return [{ field: `modalities.${i}`, message: `The data set has no modality "${name}".`, hint }]
  })
  const label = [...labelProblems(config, dataset), ...splitProblems(config, dataset)]
  if (missing.length > 0 || label.length > 0) return [...missing, ...label]
  if (usedModalities(config, dataset).length === 0)
    return [
      {
        field: 'modalities',
        message: 'The data set has no modality that the run could use.',
        hint: 'Import measurements beside the label.',
      },
    ]
  if (dataset.samples >= fewestSamples) return []
  return [
    {
      field: 'label',
      message: `${dataset.samples} samples are too few to learn a label from.`,
      hint: `At least ${fewestSamples} are needed, and hundreds make sense.`,
    },
  ]
}

/** The label as it is given on a command line. Throws `refused` for what belongs to other methods. */
export function withShortForms(config: unknown, { nodes, anchors, label }: ShortForms): unknown {
  if (nodes !== undefined || anchors.length > 0)
    throw refused('The method causal-complete takes neither --nodes nor --anchor.', 'Choose its column with --label.', {
      field: 'nodes',
    })
  return label === undefined ? config : { ...(isObject(config) ? config : {}), label }
}
