/** Engines and modalities that a command names and that are not there. */
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import type { EngineName } from '../../src-shared/domain/run.ts'
import { refused } from '../../src-shared/errors.ts'
import { nearestName } from '../../src-shared/config/nearest.ts'

/** Throws `refused` for an engine that this machine does not have, with the reason. */
export async function requireEngine(name: EngineName | 'auto'): Promise<void> {
  if (name === 'auto') return
  // Tensor libraries take their time to load: only who names an engine waits for them.
  const { describeEngines } = await import('../compute/registry.ts')
  const described = await describeEngines()
  const engine = described.find((e) => e.name === name)
  if (engine?.present === true) return
  const here = described.filter((e) => e.present).map((e) => e.name)
  throw refused(
    `The engine ${name} is not available here${engine?.reason ? `: ${engine.reason}` : ''}.`,
    `Available are ${here.join(', ')}; "causalscope engines" says why others are not.`,
    { field: 'engine' },
  )
}

/** Throws `refused` for a name that is no modality of the data set, with the nearest one. */
export function requireModalities(names: readonly string[], modalities: DatasetSummary['modalities']): void {
  const known = modalities.map(({ name }) => name)
  const wrong = names.find((name) => !known.includes(name))
  if (wrong === undefined) return
  const nearest = nearestName(wrong, known)
  throw refused(
    `The data set has no modality "${wrong}".`,
    `${nearest === null ? '' : `Did you mean "${nearest}"? `}It has ${known.join(', ') || 'none'}.`,
    { field: 'modalities' },
  )
}
