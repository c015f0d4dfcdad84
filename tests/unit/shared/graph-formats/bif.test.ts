import { describe, expect, it } from 'vitest'
import { graphToBif } from '../../../../src-shared/graph-formats/bif.ts'
import { conditionalTables } from '../../../../src-shared/graph-formats/probabilities.ts'
import type { LearnedGraph } from '../../../../src-shared/graph/learned-graph.ts'
import { exampleGraph, lattice } from './example-graph.ts'

interface Network {
  readonly variables: ReadonlyMap<string, readonly string[]>
  readonly tables: ReadonlyMap<string, { parents: string[]; rows: Map<string, number[]> }>
}

/** A reader as strict as the strictest: lines as bnlearn's regular expressions want them, keywords nowhere else. */
function parseBif(text: string): Network {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\/\/.*/, '').trim())
    .filter((line) => line !== '')
  expect(lines.shift()).toMatch(/^network \w+ \{$/)
  expect(lines.shift()).toBe('}')
  const variables = new Map<string, readonly string[]>()
  const tables = new Map<string, { parents: string[]; rows: Map<string, number[]> }>()
  while (lines.length > 0) {
    const head = lines.shift()!
    const variable = /^variable ([A-Za-z]\w*) \{$/.exec(head)
    if (variable !== null) {
      const type = /^type discrete \[ (\d+) \] \{ (.+) \};$/.exec(lines.shift()!)!
      const states = type[2]!.split(', ')
      expect(states).toHaveLength(Number(type[1]))
      states.forEach((state) => expect(state).toMatch(/^[A-Za-z]\w*$/))
      variables.set(variable[1]!, states)
    } else {
      const [, child, , parents = ''] = /^probability \( (\w+)( \| ([\w, ]+))? \) \{$/.exec(head)!
      const rows = new Map<string, number[]>()
      while (lines[0] !== '}') {
        const row = /^(?:table|\(([\w, ]+)\)) ([^;]+);$/.exec(lines.shift()!)!
        rows.set(row[1] ?? '', row[2]!.split(', ').map(Number))
      }
      tables.set(child!, { parents: parents === '' ? [] : parents.split(', '), rows })
    }
    expect(lines.shift()).toBe('}')
  }
  return { variables, tables }
}

function expectSameTables(network: Network, graph: LearnedGraph): void {
  const names = [...network.variables.keys()]
  for (const { node, parents, rows } of conditionalTables(graph)) {
    const table = network.tables.get(names[node]!)!
    expect(table.parents).toEqual(parents.map((parent) => names[parent]))
    expect(table.rows.size).toBe(rows.length)
    for (const row of rows) {
      const states = row.given.map((k, i) => network.variables.get(names[parents[i]!]!)![k])
      expect(table.rows.get(states.join(', '))).toEqual(row.probabilities)
    }
  }
}

describe('BIF', () => {
  it('says which of its arrows the data leave open', () => {
    const text = graphToBif(lattice)
    expect(text).toContain('  // one graph of several that fit alike: Stiffness --- Yield')
    expect(text.match(/fit alike/g)).toHaveLength(1)
  })

  it('holds every variable and conditional table at full precision', () => {
    const network = parseBif(graphToBif(lattice))
    expect([...network.variables]).toEqual([
      ['Topology', ['octet', 'gyroid']],
      ['Strut_width', ['thin', 'medium', 'thick']],
      ['Stiffness', ['soft', 'stiff']],
      ['Yield', ['early', 'late']],
    ])
    expectSameTables(network, lattice)
  })

  it('turns any names into different words free of keywords, and keeps the names in comments', () => {
    const graph = exampleGraph([
      { name: 'variable 1', categories: ['0', '1'], table: [[0.5, 0.5]] },
      { name: 'Größe (mm)', categories: ['<1', '>1'], table: [[0.5, 0.5]] },
      { name: '温度', categories: ['低', '高'], table: [[0.5, 0.5]] },
      { name: 'a b', categories: ['x}\n{', 'probability'], table: [[0.5, 0.5]] },
      { name: 'A_b', categories: ['y', 'Y'], table: [[0.5, 0.5]] },
    ])
    const text = graphToBif(graph)
    const network = parseBif(text)
    expect([...network.variables.keys()]).toEqual(['var_1', 'Gro_e_mm', 'n_3', 'a_b', 'A_b_2'])
    expect(network.variables.get('var_1')).toEqual(['c_0', 'c_1'])
    expect(network.variables.get('A_b_2')).toEqual(['y', 'Y_2'])
    // Tetrad takes the text without its lines, counting braces: there are comments in the first block alone.
    const [head = '', ...blocks] = text.split('\n}\n')
    expect(head).toContain('// var_1 = "variable 1"')
    expect(head).toContain('// a_b: x = "x "')
    expect(blocks.join()).not.toContain('//')
    expect(text.match(/\{/g)).toHaveLength(1 + 2 * 5 + 5)
    expect(text.match(/\}/g)).toHaveLength(1 + 2 * 5 + 5)
    expectSameTables(network, graph)
  })
})
