/** Nodes and categories as people write them in a question: by the name shown, else by number, the first being 1. */
import { refused } from '../errors.ts'

export interface CalledNode {
  readonly name: string
  readonly categories: readonly string[]
}

/** A node with the category that it is set to. */
export interface Setting {
  readonly node: number
  readonly value: number
}

function indexOf(names: readonly string[], text: string): number {
  const byName = names.indexOf(text)
  if (byName >= 0) return byName
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= names.length ? number - 1 : -1
}

/** Throws `refused` where nothing is called so. */
function nodeCalled(nodes: readonly CalledNode[], text: string): number {
  const names = nodes.map(({ name }) => name)
  const node = indexOf(names, text.trim())
  if (node < 0)
    throw refused(
      `The graph has no node "${text.trim()}".`,
      `It has ${names.join(', ')}; they may be given by number too, 1 to ${names.length}.`,
      { field: text },
    )
  return node
}

/** The nodes of a list by comma, in the order given. Throws `refused` for one that is not there, or named twice. */
export function nodesCalled(nodes: readonly CalledNode[], text: string): number[] {
  const parts = text.split(',').filter((part) => part.trim() !== '')
  const found = parts.map((part) => nodeCalled(nodes, part))
  const twice = found.find((node, i) => found.indexOf(node) !== i)
  if (twice !== undefined)
    throw refused(`${nodes[twice]!.name} is named twice.`, 'Name each node once.', { field: text })
  return found
}

/** `hue=blue`. Throws `refused` for anything else. */
export function settingCalled(nodes: readonly CalledNode[], text: string): Setting {
  const at = text.indexOf('=')
  if (at <= 0) throw refused(`"${text}" sets nothing.`, 'Write NODE=CATEGORY, as in hue=blue.', { field: text })
  const node = nodeCalled(nodes, text.slice(0, at))
  const { name, categories } = nodes[node]!
  const value = indexOf(categories, text.slice(at + 1).trim())
  if (value < 0)
    throw refused(
      `${name} has no category "${text.slice(at + 1).trim()}".`,
      `It has ${categories.join(', ')}; they may be given by number too, 1 to ${categories.length}.`,
      { field: text },
    )
  return { node, value }
}

/** Several settings. Throws `refused` where one node is set twice. */
export function settingsCalled(nodes: readonly CalledNode[], texts: readonly string[]): Setting[] {
  const settings = texts.map((text) => settingCalled(nodes, text))
  const twice = settings.find(({ node }, i) => settings.findIndex((other) => other.node === node) !== i)
  if (twice !== undefined)
    throw refused(`${nodes[twice.node]!.name} is set twice.`, 'Set each node once.', {
      field: nodes[twice.node]!.name,
    })
  return settings
}
