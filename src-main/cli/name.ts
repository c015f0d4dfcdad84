import { refused } from '../../src-shared/errors.ts'
import type { Facets } from '../../src-shared/methods/facets.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { nameCluster, outcomeCount, ownClusterNames } from '../services/cluster-names.ts'
import { nameComponent, ownComponentNames } from '../services/component-names.ts'
import { changeGraph, readGraphAnnotations } from '../services/graphs.ts'
import { readNames, readResult } from '../services/results.ts'
import type { Terminal } from './terminal.ts'

interface NameOptions {
  readonly project: string
  readonly run: number
}

interface Wanted {
  readonly called: string
  readonly name: string
}

function parseWanted(text: string): Wanted {
  const at = text.indexOf('=')
  const name = text.slice(at + 1).trim()
  if (at <= 0) throw refused(`"${text}" gives nothing a name.`, 'Write OLD=NEW, as in C1=Width.', { field: text })
  if (name.length > 80)
    throw refused(`A name has at most 80 characters; "${name}" has ${name.length}.`, 'Choose a shorter one.')
  return { called: text.slice(0, at).trim(), name }
}

/** Names one node, component or cluster; throws `refused` where nothing is called so, or the name is taken. */
function give(project: WritableProject, run: number, facets: Facets, { called, name }: Wanted): void {
  const { graph, coupling, clusters } = facets
  const shown = readNames(project, run, facets)
  const parts = [
    { own: (graph?.nodes ?? []).map((node) => node.name), names: shown.names },
    { own: coupling === null ? [] : ownComponentNames(coupling), names: shown.components },
  ]
  const [node, component] = parts.map(({ own, names = [] }) => {
    const byName = names.indexOf(called)
    return byName >= 0 ? byName : own.indexOf(called)
  })
  if (graph !== null && node! >= 0) {
    changeGraph(project, run, graph, {
      kind: 'rename-node',
      node: node!,
      name: name === '' ? graph.nodes[node!]!.name : name,
    })
    return
  }
  if (coupling !== null && component! >= 0) {
    nameComponent(project, run, coupling, component!, name)
    return
  }
  const count = clusters === null ? 0 : outcomeCount(clusters)
  const titles = ownClusterNames(graph, readGraphAnnotations(project, run, graph).categories, count)
  const byGiven = (shown.clusters ?? []).indexOf(called)
  const outcome = byGiven >= 0 ? byGiven : titles.indexOf(called)
  if (outcome >= 0) {
    nameCluster(project, run, titles, outcome, name)
    return
  }
  const known = parts.flatMap(({ names = [] }) => names).join(', ')
  throw refused(`Nothing of run ${run} is called "${called}".`, `It has ${known || 'nothing to name'}.`, {
    field: called,
  })
}

/** `name`: what nodes, components and clusters of a finished run are called from now on; all of the names are given, or none. */
export async function nameCommand(terminal: Terminal, names: readonly string[], options: NameOptions): Promise<void> {
  const wanted = names.map(parseWanted)
  const project = openProject(options.project, { program: 'causalscope name' })
  try {
    const facets = facetsOf(await readResult(project, options.run))
    project.database.transaction(() => wanted.forEach((one) => give(project, options.run, facets, one)))
    const { names: nodes, components, clusters: given } = readNames(project, options.run, facets)
    const clusters = (given ?? []).flatMap((name, component) => (name == null ? [] : [{ component, name }]))
    const called = [...(nodes ?? []), ...(components ?? []), ...clusters.map(({ name }) => name)]
    await terminal.result({ nodes, components, clusters }, `Called: ${called.join(', ')}.`)
  } finally {
    project.close()
  }
}
