/** Which rows of which block belong to one sample: by id, or by row where a block has no ids and the counts agree. */
import { refused } from '../../src-shared/errors.ts'
import type { Block } from './blocks.ts'
import { counted, listed, type Reading } from './reading.ts'

export interface Pairing {
  /** [n], in the order in which the blocks name them. */
  readonly ids: readonly string[]
  /** For each block, the row of each sample, -1 where it has none: [n]. */
  readonly rows: readonly Int32Array[]
  /** "images by file name, curves.csv by column id" */
  readonly words: string
  /** Places that share no id with the first, in words: nearly always a mistake in the ids. */
  readonly strangers: readonly string[]
}

export function pair(blocks: readonly Block[], reading: Reading): Pairing {
  const named = blocks.map((block) => block.ids ?? idsByRow(block, blocks, reading))
  const index = new Map<string, number>()
  for (const ids of named) for (const id of ids) if (!index.has(id)) index.set(id, index.size)
  const ids = [...index.keys()]
  checkCase(blocks, named)
  const rows = named.map((own) => {
    const row = new Int32Array(ids.length).fill(-1)
    own.forEach((id, i) => (row[index.get(id)!] = i))
    return row
  })
  const places = blocks.map((block) =>
    block.pairing === 'by file name' ? `${block.source === '.' ? 'files' : block.source} by file name` : block.pairing,
  )
  return { ids, rows, words: [...new Set(places)].join(', '), strangers: strangersAmong(blocks, named) }
}

/** Ids for a block without: those of the blocks with as many rows, else the row's number. */
function idsByRow(block: Block, blocks: readonly Block[], reading: Reading): readonly string[] {
  const others = blocks.filter((other) => other.ids !== null)
  const place = placeOf(block)
  if (others.length === 0) {
    const differing = blocks.find((other) => other.count !== block.count)
    if (differing !== undefined) throw countsDiffer(block, differing)
    const width = String(block.count).length
    return Array.from({ length: block.count }, (_, i) => String(i + 1).padStart(width, '0'))
  }
  const fitting = others.filter((other) => other.count === block.count)
  const first = fitting[0]
  if (first === undefined) throw countsDiffer(block, others[0]!)
  const disagreeing = fitting.find((other) => other.ids!.some((id, i) => id !== first.ids![i]))
  if (disagreeing !== undefined)
    throw refused(
      `${place} has no ids, and ${placeOf(first)} and ${placeOf(disagreeing)} list the samples in different orders: its rows cannot be told apart.`,
      `Sort the tables alike, or give ${place} ids.`,
      { file: place },
    )
  const partners = [...new Set(fitting.map(placeOf))]
  const byName = fitting.some((other) => other.pairing === 'by file name')
  const order = byName ? 'in the order of their names' : 'in their order'
  const message = `${place} has no ids: its ${counted(block.count, 'row')} are paired with those of ${listed(partners)} ${order}.`
  const severity = byName ? 'warning' : 'info'
  if (!reading.notes.some((note) => note.message === message)) reading.notes.push({ severity, message })
  return first.ids!
}

function placeOf(block: Block): string {
  if (block.pairing === 'by file name') return block.source === '.' ? 'the files' : block.source
  return block.count > 0 ? block.origin(0).file : block.source
}

function countsDiffer(block: Block, other: Block): Error {
  return refused(
    `${placeOf(block)} has no ids and ${counted(block.count, 'row')}, ${placeOf(other)} has ${counted(other.count, 'sample')}: they cannot be paired.`,
    'Pairing by row needs as many rows on both sides; else give both a column or array of ids.',
    { file: placeOf(block) },
  )
}

function checkCase(blocks: readonly Block[], named: readonly (readonly string[])[]): void {
  const seen = new Map<string, { id: string; place: string }>()
  blocks.forEach((block, b) => {
    named[b]!.forEach((id, i) => {
      const key = id.toLowerCase()
      const before = seen.get(key)
      const { file, row } = block.origin(i)
      const place = row === undefined ? file : `${file}, row ${row}`
      if (before === undefined) seen.set(key, { id, place })
      else if (before.id !== id)
        throw refused(
          `The ids "${before.id}" (${before.place}) and "${id}" (${place}) differ only in case.`,
          'Write the id of one sample alike everywhere, or give two samples ids that differ.',
          { file, ...(row === undefined ? {} : { row }), id },
        )
    })
  })
}

function strangersAmong(blocks: readonly Block[], named: readonly (readonly string[])[]): string[] {
  const first = new Set(named[0])
  return blocks.flatMap((block, b) => {
    const ids = named[b]!
    if (b === 0 || ids.length === 0 || ids.some((id) => first.has(id))) return []
    const [here, there] = [
      `${placeOf(block)} (such as "${ids[0]!}")`,
      `${placeOf(blocks[0]!)} (such as "${named[0]![0]!}")`,
    ]
    return [`No id of ${here} is one of ${there}: nothing is paired between them.`]
  })
}
