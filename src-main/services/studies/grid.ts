/** The points of a study: every combination of its settings' values, with every seed. */
import { withSetting } from '../../../src-shared/config/parse.ts'
import { isObject } from '../../../src-shared/json-object.ts'
import { refused } from '../../../src-shared/errors.ts'
import type { Study, Variation } from '../../project/studies.ts'

/** More would run for weeks, and is mistyped. */
const mostRuns = 2000

/** `key=0.1,1,10`; commas within brackets, braces and quotation marks are the value's own. */
export function parseVariation(text: string): Variation {
  const equals = text.indexOf('=')
  const key = text.slice(0, Math.max(0, equals)).trim()
  const values = splitOutside(text.slice(equals + 1))
  if (key === '' || values.some((value) => value === ''))
    throw refused(`"${text}" is not a setting with its values.`, 'Write it as key=value,value, e.g. weights.necessity=0.1,1,10.', { field: text }) // prettier-ignore
  const twice = values.find((value, at) => values.indexOf(value) < at)
  if (twice !== undefined) throw refused(`${key} is given the value ${twice} twice.`, 'Give each once.', { field: key })
  return { key, values }
}

/** One text a setting; throws `refused` where two name the same. */
export function parseVariations(texts: readonly string[]): Variation[] {
  const over = texts.map(parseVariation)
  const twice = over.find(({ key }, at) => over.findIndex((one) => one.key === key) < at)
  if (twice !== undefined)
    throw refused(`${twice.key} is named twice.`, 'Give all its values at once.', { field: twice.key })
  return over
}

function splitOutside(text: string): string[] {
  const parts = ['']
  let depth = 0
  let quoted = false
  for (const sign of text) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && '[{'.includes(sign)) depth++
    else if (!quoted && ']}'.includes(sign)) depth--
    if (sign === ',' && depth === 0 && !quoted) parts.push('')
    else parts.push((parts.pop() ?? '') + sign)
  }
  return parts.map((part) => part.trim())
}

type Plan = Pick<Study, 'over' | 'seeds' | 'config' | 'method'>

export interface StudyPoint {
  /** From 0, among the points of one seed. */
  readonly setting: number
  readonly seed: number
  /** One value of each setting that differs, in their order. */
  readonly values: readonly string[]
}

/** All points in the order in which they are trained: seed after seed, so that every setting is tried early. */
export function pointsOf({ over, seeds }: Plan): StudyPoint[] {
  const settings = over.reduce<string[][]>(
    (before, { values }) => before.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]],
  )
  if (settings.length * seeds.length > mostRuns)
    throw refused(
      `A study of ${settings.length} settings and ${seeds.length} seeds has ${settings.length * seeds.length} runs.`,
      `Try fewer values: ${mostRuns} runs are the most.`,
      { field: 'over' },
    )
  return seeds.flatMap((seed) => settings.map((values, setting) => ({ setting, seed, values })))
}

/** The configuration of a point, unchecked. Throws `refused` for a setting that does not exist. */
export function configAt({ over, config, method }: Plan, { values }: StudyPoint): unknown {
  return over.reduce<unknown>((at, { key }, v) => withSetting(method, at, `${key}=${values[v]!}`), config)
}

/** `weights.necessity 0.1, weights.instrument 1` */
export function settingWords({ over }: Pick<Plan, 'over'>, values: readonly string[]): string {
  return over.map(({ key }, at) => `${key} ${values[at]!}`).join(', ')
}

/** A configuration as the settings that make it: `key=value`, dotted keys, as `--set` takes them. */
export function assignmentsOf(config: unknown, prefix = ''): string[] {
  if (!isObject(config)) return [`${prefix}=${typeof config === 'string' ? config : JSON.stringify(config)}`]
  return Object.entries(config).flatMap(([key, value]) =>
    assignmentsOf(value, prefix === '' ? key : `${prefix}.${key}`),
  )
}
