/** Whether a configuration fits the data it is to be trained on, and where it contradicts itself. */
import { nearestName } from '../../config/nearest.ts'
import { usedModalities } from '../../config/used-modalities.ts'
import type { DatasetSummary } from '../../domain/dataset.ts'
import type { ConfigProblem } from '../method.ts'
import type { PartialCausalConfig } from './config.ts'

const fewestSamples = 16

export function contradictions({ modalities, unmixing, latent }: PartialCausalConfig): ConfigProblem[] {
  const twice = modalities.flatMap((name, i) =>
    modalities.indexOf(name) < i
      ? [{ field: `modalities.${i}`, message: `The modality "${name}" is listed twice.`, hint: 'List each once.' }]
      : [],
  )
  if (unmixing.components <= latent.size) return twice
  return [
    ...twice,
    {
      field: 'unmixing.components',
      message: `${unmixing.components} components cannot be unmixed from ${latent.size} outputs.`,
      hint: `Ask for at most ${latent.size} components, or give the encoders more outputs (latent.size).`,
    },
  ]
}

/** Where the second kind of measurement may come from: numbers that came in as metadata may be meant. */
function secondKind({ metadata }: DatasetSummary): string {
  const numbers = metadata.flatMap(({ column, kind }) => (kind === 'number' ? [column] : []))
  if (numbers.length === 0) return 'Import a second kind of measurement of the same samples, or choose another method.'
  const [are, them] = numbers.length === 1 ? ['is', 'it'] : ['are', 'them']
  return `${numbers.slice(0, 5).join(', ')}${numbers.length > 5 ? ` and ${numbers.length - 5} more` : ''} ${are} metadata here, which no method learns from. To have ${them} compared, import again with a data description (--describe FILE.json) that makes ${them} a modality: "modalities": [..., { "name": "table", "kind": "vector", "source": "TABLE.csv:${numbers.slice(0, 3).join(',')}" }]. Or import another kind of measurement of the same samples.`
}

export function fitProblems(config: PartialCausalConfig, dataset: DatasetSummary): ConfigProblem[] {
  const names = dataset.modalities.map(({ name }) => name)
  const missing = config.modalities.flatMap((name, i): ConfigProblem[] => {
    if (names.includes(name)) return []
    const nearest = nearestName(name, names)
    const hint = nearest === null ? 'It has none at all.' : `Did you mean "${nearest}"? It has ${names.join(', ')}.`
    return [{ field: `modalities.${i}`, message: `The data set has no modality "${name}".`, hint }]
  })
  if (missing.length > 0) return missing
  const used = usedModalities(config, dataset)
  if (used.length < 2)
    return [
      {
        field: 'modalities',
        message: `The partial causal model compares two kinds of measurement or more, and this run would use ${used.length === 0 ? 'none' : `${used.join(', ')} alone`}.`,
        hint: names.length < 2 ? secondKind(dataset) : `Use two or more of ${names.join(', ')}.`,
      },
    ]
  const needed = Math.max(fewestSamples, 2 * config.latent.size)
  if (dataset.samples >= needed) return []
  return [
    {
      field: 'latent.size',
      message: `${dataset.samples} samples are too few for ${config.latent.size} latents.`,
      hint: `At least ${needed} are needed, and hundreds make sense.`,
    },
  ]
}
