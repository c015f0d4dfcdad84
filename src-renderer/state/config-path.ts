/** Places in a configuration by dotted path, as problems name them: `training.epochs`, `nodes.1.name`. */
import { isObject } from '../../src-shared/json-object.ts'

/** What stands at the path; undefined where it leads nowhere. */
export function valueAt(config: unknown, path: string): unknown {
  let value = config
  for (const part of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(part)]
    else if (isObject(value)) value = value[part]
    else return undefined
  }
  return value
}

/** A copy with the value at the path; what the path does not touch is shared. */
export function withValueAt(config: unknown, path: string, value: unknown): unknown {
  const [part = '', ...rest] = path.split('.')
  const inner = rest.length === 0 ? value : withValueAt(valueAt(config, part), rest.join('.'), value)
  if (Array.isArray(config)) return config.map((item: unknown, i) => (i === Number(part) ? inner : item))
  return { ...(isObject(config) ? config : {}), [part]: inner }
}
