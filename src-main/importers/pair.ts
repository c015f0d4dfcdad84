/** Which rows of which block belong to one sample: by id, or by row where a block has no ids and the counts agree. */
import type { MatchRule, SamplesDescription } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import type { Block } from './blocks.ts'
import { decision } from './decisions.ts'
import { type IdKey, translated } from './key-table.ts'
import { chooseRule, fewPairs, keysUnder, pairedShare, type RuleChoice, ruleWords, stripped } from './id-rules.ts'
import { counted, firstIds, listed, type Reading } from './reading.ts'

export interface Pairing {
  /** [n], in the order in which the blocks name them, as the first of them writes them. */
  readonly ids: readonly string[]
  /** For each block, the row of each sample, -1 where it has none: [n]. */
  readonly rows: readonly Int32Array[]
  /** "images by file name, curves.csv by column id" */
  readonly words: string
  readonly match: MatchRule
}

/** Tables that say what ids of one place are in another. */
export interface KeyTables {
  /** The one that would pair places without ids in common. */
  readonly find: () => IdKey | null
  /** The one that a description names. */
  readonly read: (source: string) => IdKey
}

export function pair(all: readonly Block[], samples: SamplesDescription, keys: KeyTables, reading: Reading): Pairing {
  const blocks = samples.key === undefined ? all : underKey(all, keys.read(samples.key), reading)
  const named = blocks.map((block) => block.groups ?? block.ids ?? idsByRow(block, blocks, samples, reading))
  const { rule, keys: compared } = comparable(blocks, named, samples, keys, reading)
  checkCase(blocks, compared)
  const { ids, rows } = parted(blocks, named, compared, rule)
  const places = blocks.map((block) =>
    block.pairing === 'by file name' ? `${block.source === '.' ? 'files' : block.source} by file name` : block.pairing,
  )
  return { ids, rows, words: [...new Set(places)].join(', '), match: rule }
}

/** The samples and their rows; where repeated measurements are samples, what others have of their group belongs to each. */
function parted(
  blocks: readonly Block[],
  named: readonly (readonly string[])[],
  compared: readonly (readonly string[])[],
  rule: MatchRule,
): Pick<Pairing, 'ids' | 'rows'> {
  /** Of each group, its samples: their own keys with the ids. */
  const members = new Map<string, Map<string, string>>()
  blocks.forEach((block, b) => {
    if (block.groups === undefined) return
    compared[b]!.forEach((group, i) => {
      const own = members.get(group) ?? new Map<string, string>()
      members.set(group, own.set(`${group}\u0000${block.ids![i]!.slice(block.groups![i]!.length)}`, block.ids![i]!))
    })
  })
  const index = new Map<string, number>()
  const ids: string[] = []
  const samplesOf = compared.map((own, b) => {
    const names = stripped(named[b]!, rule)
    const { groups, ids: whole } = blocks[b]!
    return own.map((key, i): readonly number[] => {
      const group = [...(members.get(key) ?? [[key, names[i]!]])]
      const suffix = groups === undefined ? null : `${key}\u0000${whole![i]!.slice(groups[i]!.length)}`
      return group
        .filter(([member]) => suffix === null || member === suffix)
        .map(([member, id]) => {
          const at = index.get(member) ?? ids.push(id) - 1
          index.set(member, at)
          return at
        })
    })
  })
  const rows = samplesOf.map((own) => {
    const row = new Int32Array(ids.length).fill(-1)
    own.forEach((at, i) => at.forEach((sample) => (row[sample] = i)))
    return row
  })
  return { ids, rows }
}

/** The blocks under the ids that a key table gives those of other places. */
function underKey(blocks: readonly Block[], key: IdKey, reading: Reading): readonly Block[] {
  const told = new Set<string>()
  return blocks.map((block) => {
    const before = block.groups ?? block.ids
    const ids = before === null ? null : translated(before, key)
    if (ids === null) return block
    const first = new Map<string, string>()
    const twice = ids.findIndex((id, i) => (first.get(id) ?? first.set(id, before![i]!).get(id)) !== before![i])
    if (twice !== -1)
      throw refused(
        `${key.file} makes one sample of "${first.get(ids[twice]!)!}" and "${before![twice]!}" of ${placeOf(block)}: ${ids[twice]!}.`,
        `Each id of column ${key.columns[1]} needs an id of its own in column ${key.columns[0]}, or another order of the two columns in "key".`,
        { file: key.file, id: ids[twice]! },
      )
    const message = `${key.file}: ids of ${placeOf(block)} (column ${key.columns[1]}) are read as those of column ${key.columns[0]}: "${before![0]!}" is "${ids[0]!}".`
    if (!told.has(placeOf(block))) reading.notes.push({ severity: 'info', message })
    told.add(placeOf(block))
    if (block.groups === undefined) return { ...block, ids }
    return { ...block, groups: ids, ids: block.ids!.map((id, i) => ids[i]! + id.slice(before![i]!.length)) }
  })
}

/** The ids of all blocks under one rule, found from them or as described. Few pairs are a decision. */
function comparable(
  blocks: readonly Block[],
  named: readonly (readonly string[])[],
  samples: SamplesDescription,
  keys: KeyTables,
  reading: Reading,
): { rule: MatchRule; keys: (readonly string[])[] } {
  // Columns of one table name the same samples: they are one place.
  const places = [...Map.groupBy(blocks.keys(), (b) => `${blocks[b]!.pairing}\u0000${placeOf(blocks[b]!)}`).values()]
  const firsts = places.map(([b]) => b!)
  const ids = firsts.map((b) => named[b]!)
  const asked = samples.match
  const choice = asked === undefined ? chooseRule(ids) : choiceOf(ids, asked)
  if (choice.share < fewPairs && samples.unpaired !== 'keep')
    reading.decisions.push(fewPaired(blocks, firsts, named, choice, samples.key === undefined ? keys.find() : null))
  else if (choice.rule !== 'exact' && asked === undefined) noteRule(blocks, firsts, ids, choice.rule, reading)
  return { rule: choice.rule, keys: named.map((own) => keysUnder(own, choice.rule) ?? own) }
}

function choiceOf(places: readonly (readonly string[])[], rule: MatchRule): RuleChoice {
  const keys = places.map((ids) => keysUnder(ids, rule))
  const joined = keys.findIndex((own) => own === null)
  if (joined !== -1)
    throw refused(
      `"samples": {"match": "${rule}"} makes one id of several of ${firstIds(places[joined]!)}.`,
      'Compare the ids as they are ("match": "exact"), or rename them.',
      { field: 'samples.match' },
    )
  return { rule, ...pairedShare(keys.map((own) => own!)), offers: [] }
}

/** The ids of both sides, and the rules that would pair them. */
function fewPaired(
  blocks: readonly Block[],
  firsts: readonly number[],
  named: readonly (readonly string[])[],
  { share, worst, offers }: RuleChoice,
  key: IdKey | null,
) {
  const stranger = firsts[worst]!
  const other = firsts[worst === 0 ? 1 : 0]!
  const of = (b: number) => `${placeOf(blocks[b]!)} has ${firstIds(named[b]!)}`
  const none = share === 0
  const message = `${none ? 'No sample pairs' : `Only ${Math.round(100 * share)} % of the samples pair`} between ${placeOf(blocks[stranger]!)} and the rest: ${of(stranger)}, ${of(other)}.`
  const title = none ? 'Ids do not match' : 'Few samples pair'
  if (key !== null)
    return decision({
      title,
      message: `${message} ${key.file} seems to say which is which, by its columns ${key.columns[0]} and ${key.columns[1]}.`,
      field: 'samples.key',
      options: [
        { value: key.source, title: `read ids of column ${key.columns[1]} as those of column ${key.columns[0]}` },
      ],
      otherwise: 'Or write the id of one sample alike everywhere.',
      file: placeOf(blocks[stranger]!),
    })
  const options = offers.map((rule) => ({ value: rule, title: `compare ids ${ruleWords[rule]}` }))
  return decision({
    title,
    message,
    field: options.length > 0 ? 'samples.match' : 'samples.unpaired',
    options: options.length > 0 ? options : [{ value: 'keep', title: 'keep them all, unpaired' }],
    otherwise: 'Or write the id of one sample alike everywhere.',
    file: placeOf(blocks[stranger]!),
  })
}

function noteRule(
  blocks: readonly Block[],
  firsts: readonly number[],
  ids: readonly (readonly string[])[],
  rule: MatchRule,
  { notes }: Reading,
): void {
  const [here, there] = [ids[0]!, ids[1]!]
  const keys = [keysUnder(here, rule)!, keysUnder(there, rule)!] as const
  const at = keys[1].indexOf(keys[0][0]!)
  const example = at === -1 ? '' : `: "${here[0]!}" of ${placeOf(blocks[firsts[0]!]!)} is "${there[at]!}" of ${placeOf(blocks[firsts[1]!]!)}` // prettier-ignore
  const message = `Ids are compared ${ruleWords[rule]}${example}.`
  notes.push({ severity: 'info', message })
}

/** Ids for a block without: those of the blocks with as many rows, else the row's number. */
function idsByRow(
  block: Block,
  blocks: readonly Block[],
  samples: SamplesDescription,
  reading: Reading,
): readonly string[] {
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
  if (reading.notes.some((note) => note.message === message)) return first.ids!
  reading.notes.push({ severity, message })
  if (byName && samples.rows !== 'in-order')
    reading.decisions.push(
      decision({
        title: `${place} has no ids`,
        message: `${place} has ${counted(block.count, 'row')} without ids, as many as there are files in ${listed(partners)}: whether the rows stand in the order of the files' names cannot be told.`,
        field: 'samples.rows',
        options: [{ value: 'in-order', title: 'they do' }],
        otherwise: `Or give ${place} a column of ids.`,
        file: place,
      }),
    )
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
