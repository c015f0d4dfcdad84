/**
 * A method's configuration from what people write: a JSON file, the window's form, `--set` with dotted keys. Defaults are
 * filled in; unknown keys are refused with the nearest valid name.
 */
import * as v from 'valibot'
import { refused } from '../errors.ts'
import { settingsOf } from '../methods/available.ts'
import type { Method, ConfigOf } from '../methods/list.ts'
import type { ConfigProblem, MethodConfig } from '../methods/method.ts'
import { isObject, type JsonObject } from '../json-object.ts'
import { nearestName } from './nearest.ts'

export type CheckedConfig =
  | { readonly config: MethodConfig; readonly problems: readonly [] }
  | { readonly config: null; readonly problems: readonly ConfigProblem[] }

/** What of a valibot schema matters here: a wrapper's inside, an object's keys, an array's items, a choice's options. */
interface SchemaShape {
  readonly type?: unknown
  readonly wrapped?: unknown
  readonly entries?: unknown
  readonly item?: unknown
  readonly options?: unknown
}

function shapeOf(schema: unknown): SchemaShape {
  let shape: SchemaShape = isObject(schema) ? schema : {}
  while (isObject(shape.wrapped)) shape = shape.wrapped
  return shape
}

function entriesOf(schema: unknown): JsonObject | null {
  const { entries } = shapeOf(schema)
  return isObject(entries) ? entries : null
}

/** Every key that holds a value, dotted; the keys of array items are not listed. */
export function configKeys(method: Method): readonly string[] {
  const keys = (schema: unknown, prefix: string): string[] =>
    Object.entries(entriesOf(schema) ?? {}).flatMap(([key, inner]) =>
      entriesOf(inner) === null ? [`${prefix}${key}`] : keys(inner, `${prefix}${key}.`),
    )
  return keys(settingsOf(method).config, '')
}

/** The schema at a dotted path, or null where the path leaves the configuration. */
function schemaAt(method: Method, path: readonly string[]): unknown {
  let schema: unknown = settingsOf(method).config
  for (const part of path) {
    const { item } = shapeOf(schema)
    const entries = entriesOf(schema)
    if (item !== undefined && /^\d+$/.test(part)) schema = item
    else if (entries !== null && Object.hasOwn(entries, part)) schema = entries[part]
    else return null
  }
  return schema
}

function unknownKey(method: Method, field: string): ConfigProblem {
  const parent = field.slice(0, Math.max(0, field.lastIndexOf('.')))
  const siblings = Object.keys(entriesOf(schemaAt(method, parent === '' ? [] : parent.split('.'))) ?? {})
  const names = [...new Set([...configKeys(method), ...siblings.map((s) => (parent === '' ? s : `${parent}.${s}`))])]
  const nearest = nearestName(field, names)
  return {
    field,
    message: `There is no setting "${field}".`,
    hint: nearest === null ? '' : `Did you mean "${nearest}"?`,
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const kindNames: Readonly<Record<string, string>> = {
  number: 'a number',
  integer: 'a whole number',
  finite: 'a finite number',
  string: 'text',
  array: 'a list',
  strict_object: 'a group of settings',
}

/** What a failed check asked for, in words. */
function demand(issue: v.BaseIssue<unknown>): string {
  switch (issue.type) {
    case 'min_value':
      return `must be at least ${shown(issue.requirement)}`
    case 'max_value':
      return `must be at most ${shown(issue.requirement)}`
    case 'gt_value':
      return `must be more than ${shown(issue.requirement)}`
    case 'min_length':
      return Array.isArray(issue.input) ? `must have at least ${shown(issue.requirement)} entries` : 'must not be empty'
    case 'max_length':
      return `must have at most ${shown(issue.requirement)} entries`
    case 'picklist':
      return `must be one of ${(issue.expected ?? '').replace(/^\(|\)$/g, '').replaceAll(' | ', ', ')}`
    default:
      return `must be ${kindNames[issue.type] ?? issue.expected ?? 'different'}`
  }
}

function problemOf(method: Method, issue: v.BaseIssue<unknown>): ConfigProblem {
  const field = v.getDotPath(issue) ?? ''
  if (issue.type === 'strict_object' && issue.expected === 'never') return unknownKey(method, field)
  const name = field === '' ? 'The configuration' : `The setting "${field}"`
  const options = shapeOf(schemaAt(method, field.split('.'))).options
  const nearest =
    typeof issue.input === 'string' && Array.isArray(options) ? nearestName(issue.input, options.map(String)) : null
  return {
    field,
    message:
      issue.input === undefined ? `${name} is missing.` : `${name} ${demand(issue)}; it is ${shown(issue.input)}.`,
    hint: nearest === null ? '' : `Did you mean "${nearest}"?`,
  }
}

/** The whole configuration with defaults filled in, or everything that is wrong with it. */
export function checkConfig(method: Method, input: unknown): CheckedConfig {
  const result = v.safeParse(settingsOf(method).config, input)
  const problems = result.success
    ? settingsOf(method).contradictions(result.output)
    : result.issues.map((issue) => problemOf(method, issue))
  return result.success && problems.length === 0 ? { config: result.output, problems: [] } : { config: null, problems }
}

/** Problems as the one error that a request is refused with. */
export function refusedFor(problems: readonly ConfigProblem[]): Error {
  const [first] = problems
  return refused(
    problems.map((p) => p.message).join('\n'),
    [...new Set(problems.map((p) => p.hint))].join('\n').trim(),
    {
      ...(first === undefined ? {} : { field: first.field }),
    },
  )
}

/** As `checkConfig`; throws `refused` with every problem. */
export function parseConfig<M extends Method>(method: M, input: unknown): ConfigOf<M> {
  const { config, problems } = checkConfig(method, input)
  if (config === null) throw refusedFor(problems)
  return config as ConfigOf<M>
}

/** Text as the value that the schema at its place expects; text that does not fit stays text, for the schema to refuse. */
function valueOf(schema: unknown, text: string): unknown {
  const { type, item } = shapeOf(schema)
  if (type === 'string' || type === 'picklist') return text
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = text
  }
  if (type === 'array' && !Array.isArray(json))
    return text.trim() === '' ? [] : text.split(',').map((part) => valueOf(item, part.trim()))
  return json
}

function withValue(container: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(container)) {
    const items: readonly unknown[] = container
    const copy = [...items]
    copy[Number(key)] = withValue(copy[Number(key)], rest, value)
    return copy
  }
  const object = isObject(container) ? container : {}
  return { ...object, [key]: withValue(object[key], rest, value) }
}

/**
 * The configuration with `key=value` set, as `--set` takes it: `training.epochs=40`, `modalities=image,curve`,
 * `nodes.0.name=Topology`. Throws `refused` for a key that does not exist, naming the nearest.
 */
export function withSetting(method: Method, config: unknown, assignment: string): unknown {
  const equals = assignment.indexOf('=')
  if (equals <= 0)
    throw refused(`"${assignment}" is not a setting.`, 'Write it as key=value, e.g. training.epochs=40.', {
      field: assignment,
    })
  const key = assignment.slice(0, equals).trim()
  const path = key.split('.')
  const schema = schemaAt(method, path)
  if (schema === null) throw refusedFor([unknownKey(method, key)])
  // An index into a list that is not given counts in the default list.
  const base = path.length > 1 && shapeOf(schemaAt(method, path.slice(0, 1))).item !== undefined
  const filled =
    base && isObject(config) && config[path[0]!] === undefined ? withDefaultList(method, config, path[0]!) : config
  return withValue(filled, path, valueOf(schema, assignment.slice(equals + 1)))
}

function withDefaultList(method: Method, config: JsonObject, key: string): JsonObject {
  const defaults: unknown = v.parse(settingsOf(method).config, {})
  return { ...config, [key]: isObject(defaults) ? defaults[key] : undefined }
}
