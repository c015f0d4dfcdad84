/**
 * The read-out graph with its conditional tables in the Interchange Format for Bayesian Networks (BIF 0.15), laid out
 * as the strictest common readers want it: bnlearn's `read.bif` takes the file line by line, pgmpy searches it for
 * keywords even inside names, and Tetrad, which counts braces, knows no comments but in the network's block.
 */
import { isDirected, shown } from '../graph/edge.ts'
import { edgeText } from '../graph/edge-words.ts'
import type { Findings } from '../findings/finding.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { named } from '../graph/marked-graph.ts'
import { toldLines } from './told.ts'
import { conditionalTables } from './probabilities.ts'

/** Keywords that readers would find inside a name, and what stands for them. */
const keywords: readonly (readonly [RegExp, string])[] = [
  [/variable/gi, 'var'],
  [/probability/gi, 'prob'],
  [/property/gi, 'prop'],
  [/network/gi, 'net'],
  [/default/gi, 'dflt'],
  [/table/gi, 'tbl'],
]

function withoutKeywords(text: string): string {
  return keywords.reduce((kept, [keyword, stand]) => kept.replace(keyword, stand), text)
}

/** BIF words of letters, digits and underscores, starting with a letter and each different, even ignoring case. */
function words(names: readonly string[], prefix: string): readonly string[] {
  const taken = new Set<string>()
  return names.map((name, i) => {
    let word = withoutKeywords(name.normalize('NFKD').replace(/\p{Mark}/gu, ''))
    word = word.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
    if (word === '') word = `${prefix}_${i + 1}`
    if (!/^[A-Za-z]/.test(word)) word = `${prefix}_${word}`
    let unique = word
    for (let copy = 2; taken.has(unique.toLowerCase()); copy++) unique = `${word}_${copy}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** Without what ends a line, a text or a block. */
function plain(text: string): string {
  return text.replace(/[\r\n\\"{}]+/g, ' ')
}

/** A comment with the name as it is, where the word had to differ. */
function comment(word: string, name: string, of = ''): readonly string[] {
  return word === name ? [] : [`  // ${of}${word} = "${plain(name)}"`]
}

/** BIF has arrows alone: where the data leave a direction open, the file says so. */
function openEdges({ nodes, edges }: LearnedGraph): readonly string[] {
  const called = (node: number): string => plain(nodes[node]!.name)
  const open = named(edges.map(shown), called).filter((edge) => !isDirected(edge))
  return open.map((edge) => `  // one graph of several that fit alike: ${withoutKeywords(edgeText(edge))}`)
}

export function graphToBif(graph: LearnedGraph, finding?: Findings | null): string {
  const names = words(
    graph.nodes.map((node) => node.name),
    'n',
  )
  const told = toldLines(finding).map((line) => `  // ${withoutKeywords(plain(line))}`)
  const states = graph.nodes.map((node) => words(node.categories, 'c'))
  const called = graph.nodes.flatMap((node, l) => [
    ...comment(names[l]!, node.name),
    ...node.categories.flatMap((category, k) => comment(states[l]![k]!, category, `${names[l]!}: `)),
  ])
  const variables = graph.nodes.flatMap((node, l) => [
    `variable ${names[l]!} {`,
    `  type discrete [ ${node.categories.length} ] { ${states[l]!.join(', ')} };`,
    '}',
  ])
  const tables = conditionalTables(graph).flatMap(({ node, parents, rows }) => {
    const given = parents.map((parent) => names[parent]!).join(', ')
    const head = parents.length === 0 ? names[node]! : `${names[node]!} | ${given}`
    return [
      `probability ( ${head} ) {`,
      ...rows.map((row) => {
        const condition = row.given.map((k, i) => states[parents[i]!]![k]!).join(', ')
        return `  ${parents.length === 0 ? 'table' : `(${condition})`} ${row.probabilities.join(', ')};`
      }),
      '}',
    ]
  })
  return ['network causalscope {', ...told, ...openEdges(graph), ...called, '}', ...variables, ...tables, ''].join('\n')
}
