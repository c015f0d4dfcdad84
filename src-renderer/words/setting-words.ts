/** Settings by the names that the window gives them, by their dotted place in the configuration. */
import { methods } from '../../src-shared/methods/list.ts'

const own = new Map<string, Readonly<Record<string, string>>>(methods.map(({ id, settings }) => [id, settings.labels]))

/** Where no method is named, the first in the list that has the setting. */
const labels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(methods.toReversed().flatMap(({ settings }) => Object.entries(settings.labels))),
  modalities: 'Measurements used',
  method: 'Method',
  'data set': 'Data set',
  seed: 'Seed',
}

const nodeParts: Readonly<Record<string, string>> = { name: 'name', categories: 'categories', anchor: 'anchor' }

/** "Learning rate" for `training.learningRate`, "Node 2, categories" for `nodes.1.categories`; an unknown place as it is. Methods may call the same place differently. */
export function settingLabel(path: string, method = ''): string {
  const node = /^nodes\.(\d+)(?:\.(\w+))?$/.exec(path)
  if (node !== null) {
    const part = nodeParts[node[2] ?? '']
    return `Node ${Number(node[1]) + 1}${part === undefined ? '' : `, ${part}`}`
  }
  const expert = /^experts\.\d+\.(\w+)$/.exec(path)
  if (expert !== null) return `Expert decoder, ${expert[1] ?? ''}`
  return own.get(method)?.[path] ?? labels[path] ?? path
}

/** A problem's message beside its own field, where the field need not be named again. */
export function beside(message: string): string {
  const rest = message.replace(/^The setting "[^"]*" /, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** A problem's message away from its field, with the name that the window gives it. */
export function named(field: string, message: string, method = ''): string {
  return message.replace(/^The setting "[^"]*"/, settingLabel(field, method))
}
