/** Through which of several modalities each node speaks, and which of them is drowned by the others. */
import type { ModalityFit } from '../result.ts'
import { thresholds } from '../thresholds.ts'
import { type Finding, info, warning } from '../../../findings/finding.ts'
import { list, sentence } from '../../../findings/words.ts'

const { drowned, tells, silent } = thresholds

/**
 * @param nodes names, [L]
 * @param modalities one entry a modality, none where there is one alone
 */
export function modalityFindings(nodes: readonly string[], modalities: readonly ModalityFit[]): Finding[] {
  return [
    ...modalities.flatMap(drowning),
    ...besideAlone(modalities),
    ...nodes.flatMap((name, node) => toldBy(name, node, modalities)),
  ]
}

/** A modality that is rebuilt much worse beside the others than by a model of it alone. */
function drowning({ modality, error, errorAlone }: ModalityFit): Finding[] {
  if (errorAlone === null || !isDrowned(error, errorAlone)) return []
  const times = (error / errorAlone).toFixed(1)
  return [
    warning(
      'meaning',
      `The model rebuilds ${modality} ${times} times worse than a model of ${modality} alone: what only ${modality} shows may be missing from the nodes. Train on ${modality} alone and compare, or give the latent more room.`,
    ),
  ]
}

const isDrowned = (error: number, errorAlone: number): boolean => error >= drowned * errorAlone

/** How well the others are rebuilt, where models of them alone were trained. */
function besideAlone(modalities: readonly ModalityFit[]): Finding[] {
  const known = modalities.flatMap(({ modality, error, errorAlone }) =>
    errorAlone === null || errorAlone === 0 || isDrowned(error, errorAlone)
      ? []
      : [`${modality} ${(error / errorAlone).toFixed(2)} times`],
  )
  if (known.length === 0) return []
  return [info('meaning', `Error of what is rebuilt, beside a model of that modality alone: ${list(known)}.`)]
}

/**
 * "Heat shows in images (0.98), not in curves (0.02).": agreement beyond chance of what this modality alone tells with what
 * all tell, 1 is the same categories.
 */
function toldBy(name: string, node: number, modalities: readonly ModalityFit[]): Finding[] {
  const known = modalities.flatMap(({ modality, agreement }) => {
    const value = agreement[node] ?? null
    return value === null ? [] : [{ value, words: `${modality} (${Math.max(0, value).toFixed(2)})` }]
  })
  if (known.length === 0) return []
  const those = (from: number, below: number): string[] =>
    known.filter(({ value }) => value >= from && value < below).map(({ words }) => words)
  const [well, partly, not] = [those(tells, Infinity), those(silent, tells), those(-Infinity, silent)]
  const parts = [
    ...(well.length > 0 ? [`in ${list(well)}`] : []),
    ...(partly.length > 0 ? [`partly in ${list(partly)}`] : []),
    ...(not.length > 0 ? [`not in ${list(not, 'or')}`] : []),
  ]
  return [info('meaning', sentence(`${name} shows ${parts.join(', ')}.`))]
}
