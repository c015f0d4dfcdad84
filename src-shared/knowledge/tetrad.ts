/**
 * Knowledge as Tetrad writes and reads it (SimpleDataLoader and Knowledge of cmu-phil/tetrad): `/knowledge`, then sections
 * `addtemporal` (a tier a line, `2*` where no edges lie within it), `forbiddirect` and `requiredirect` (two names a line),
 * `forbiddengroup` and `requiredgroup` (lines in pairs: every edge from the first to the second). Names with spaces are
 * quoted, as its reader takes them. What Tetrad does not know, scopes and interventions, is a comment. Its reader (7.6.5)
 * puts periods for spaces in the names of tiers, and of groups, but of no data: what tiers say of such names is written
 * as single edges too.
 */
import { refused } from '../errors.ts'
import { type Knowledge, nothingKnown } from './knowledge.ts'

const sections = ['addtemporal', 'forbiddirect', 'requiredirect', 'forbiddengroup', 'requiredgroup'] as const
type Section = (typeof sections)[number]

/** The lines after it, up to the next section, say again what tiers said: our reader passes over them. */
const tiersAgain = '// the order of names with spaces once more, for Tetrad reads them in single edges alone'

/** What its reader would take for two names, for a comment or for the head of a section is quoted. */
function word(name: string): string {
  const apart = /[\s,"]/.test(name) || name.startsWith('//') || sections.some((head) => name.startsWith(head))
  return apart ? `"${name.replaceAll('"', "'")}"` : name
}

/** Edges against the tiers at a name with a space. */
function againstTiers(tiers: Knowledge['tiers']): Knowledge['forbidden'] {
  const spaced = (a: string, b: string): boolean => a !== b && (/\s/.test(a) || /\s/.test(b))
  return tiers.flatMap(({ nodes, closed }, i) => {
    const earlier = [...tiers.slice(0, i).flatMap((tier) => tier.nodes), ...(closed ? nodes : [])]
    return nodes.flatMap((from) => earlier.filter((to) => spaced(from, to)).map((to) => [from, to] as const))
  })
}

export function knowledgeToTetrad({ forbidden, required, tiers, scopes, intervened }: Knowledge): string {
  const arcs = (pairs: Knowledge['forbidden']): string[] => pairs.map((ends) => ends.map(word).join(' '))
  const comments = [
    ...scopes.map(({ node, modalities }) => `// ${node} acts on ${modalities.join(', ')} only`),
    ...(intervened === null ? [] : [`// the column ${intervened} says which node was set`]),
  ]
  const again = arcs(againstTiers(tiers))
  return [
    ...comments,
    '/knowledge',
    'addtemporal',
    ...tiers.map(({ nodes, closed }, i) => [`${i + 1}${closed ? '*' : ''}`, ...nodes.map(word)].join(' ')),
    '',
    'forbiddirect',
    ...arcs(forbidden),
    ...(again.length === 0 ? [] : [tiersAgain, ...again]),
    '',
    'requiredirect',
    ...arcs(required),
    '',
  ].join('\n')
}

function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/"([^"]*)"|[^\s,]+/g), ([whole, quoted]) => quoted ?? whole)
}

interface Line {
  readonly number: number
  readonly words: readonly string[]
}

/** Does the text begin as Tetrad's knowledge does? */
export function isTetrad(text: string): boolean {
  const first = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('//'))
  return (
    first !== undefined && (first.startsWith('/knowledge') || sections.some((name) => first.toLowerCase() === name))
  )
}

/** @param file named where a line cannot be read */
export function knowledgeFromTetrad(text: string, file: string): Knowledge {
  const bySection = new Map<Section, Line[]>()
  let section: Section | 'said before' | null = null
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = raw.trim()
    if (line === tiersAgain) section = 'said before'
    if (line === '' || line.startsWith('//') || (section === null && line.startsWith('/knowledge'))) return
    const begins = sections.find((name) => name === line.toLowerCase())
    if (begins !== undefined) {
      section = begins
      bySection.set(begins, bySection.get(begins) ?? [])
    } else if (section === null)
      throw unreadable(
        file,
        i + 1,
        `"${line}" stands before any section`,
        `A section begins with ${sections.join(', ')}.`,
      )
    else if (section !== 'said before') bySection.get(section)!.push({ number: i + 1, words: wordsOf(line) })
  })
  const lines = (name: Section): readonly Line[] => bySection.get(name) ?? []
  return {
    ...nothingKnown,
    tiers: tiersOf(lines('addtemporal'), file),
    forbidden: [...arcsOf(lines('forbiddirect'), file), ...groupsOf(lines('forbiddengroup'), file)],
    required: [...arcsOf(lines('requiredirect'), file), ...groupsOf(lines('requiredgroup'), file)],
  }
}

function unreadable(file: string, line: number, what: string, hint: string): Error {
  return refused(`${file}, line ${line}: ${what}.`, hint, { file, line })
}

function arcsOf(lines: readonly Line[], file: string): [string, string][] {
  return lines.map(({ number, words }) => {
    const [from, to, ...more] = words
    if (from === undefined || to === undefined || more.length > 0)
      throw unreadable(file, number, `an edge has two names, and here are ${words.length}`, 'Quote names with spaces.')
    return [from, to]
  })
}

function groupsOf(lines: readonly Line[], file: string): [string, string][] {
  return lines.flatMap(({ number, words }, i): [string, string][] => {
    if (i % 2 === 1) return []
    const to = lines[i + 1]
    if (to === undefined)
      throw unreadable(file, number, 'a group has a line of causes and a line of effects', 'Add the second line.')
    return words.flatMap((from) =>
      to.words.filter((name) => name !== from).map((name): [string, string] => [from, name]),
    )
  })
}

/** Empty tiers between others are left out: only the order counts. */
function tiersOf(lines: readonly Line[], file: string): { nodes: string[]; closed: boolean }[] {
  const tiers = new Map<number, { nodes: string[]; closed: boolean }>()
  for (const { number, words } of lines) {
    const [first = '', ...names] = words
    const match = /^(\d+)(\*?)$/.exec(first)
    if (match === null)
      throw unreadable(file, number, `"${first}" is not the number of a tier`, 'Write 1 A B or 2* C D.')
    const tier = tiers.get(Number(match[1])) ?? { nodes: [], closed: false }
    tier.nodes.push(...names)
    if (match[2] === '*') tier.closed = true
    tiers.set(Number(match[1]), tier)
  }
  return [...tiers.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, tier]) => tier)
    .filter(({ nodes }) => nodes.length > 0)
}
