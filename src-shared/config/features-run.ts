/** The finished run that another is trained on, where a configuration names one. */
import { isObject } from '../json-object.ts'

export function featuresRun(config: unknown): number | null {
  if (!isObject(config) || !isObject(config.features)) return null
  const { run } = config.features
  return typeof run === 'number' ? run : null
}
