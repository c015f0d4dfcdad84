/** graph.dagitty read by DAGitty's own library, put together from its repository as its Makefile does. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import * as v from 'valibot'
import { parseGraphJson } from '../../src-shared/graph-formats/json.ts'

const parts = ['graph/Class', 'graph/Hash', 'graph/Graph', 'graph/GraphParser', 'parser/GraphDotParser', 'graph/GraphSerializer'] // prettier-ignore
const readSchema = v.object({ type: v.string(), nodes: v.array(v.string()), edges: v.array(v.string()) })

const question = `JSON.stringify((() => {
  const graph = GraphParser.parseGuess(text)
  return {
    type: graph.getType(),
    nodes: graph.getVertices().map((node) => node.id),
    edges: graph.getEdges().map((edge) => edge.v1.id + (edge.directed === Graph.Edgetype.Directed ? ' -> ' : ' -- ') + edge.v2.id),
  }
})())`

export async function readWithDagitty(repository: string | undefined, folder: string) {
  const told = { reader: 'DAGitty', file: 'graph.dagitty' }
  if (repository === undefined || !existsSync(join(repository, 'jslib'))) return { ...told, differs: null }
  const sources = [
    join(repository, 'jslib/underscore-min.js'),
    ...parts.map((part) => join(repository, 'jslib', `${part}.js`)),
  ]
  const context = createContext({ text: await readFile(join(folder, 'graph.dagitty'), 'utf8') })
  const code = await Promise.all(sources.map((file) => readFile(file, 'utf8')))
  const read = v.parse(v.pipe(v.string(), v.parseJson(), readSchema), runInContext([...code, question].join('\n;\n'), context)) // prettier-ignore
  const graph = parseGraphJson(await readFile(join(folder, 'graph.json'), 'utf8'))
  // Its names have no way to hold a double quote: an export has a single one there.
  const called = (name: string): string => name.replaceAll('"', "'")
  const sign = (mark: string): string => (mark === 'arrow' ? '->' : '--')
  const differs = [
    ...(read.type === 'pdag' ? [] : [`the graph is a ${read.type}`]),
    ...graph.nodes.flatMap(({ name }) => (read.nodes.includes(called(name)) ? [] : [`no node ${name}`])),
    ...(read.nodes.length === graph.nodes.length ? [] : [`nodes are ${read.nodes.join()}`]),
    ...graph.edges.flatMap(({ from, to, toMark }) => {
      const edge = `${called(from)} ${sign(toMark)} ${called(to)}`
      return read.edges.includes(edge) ? [] : [`no ${edge} but ${read.edges.join()}`]
    }),
  ]
  return { ...told, differs }
}
