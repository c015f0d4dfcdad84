/** What people call the components of a run: those that its modalities share, then those of each modality alone. */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import type { Coupling } from '../../src-shared/methods/facets.ts'
import { annotate, readAnnotations } from '../project/annotations.ts'
import type { ReadableProject, WritableProject } from '../project/project.ts'

type Nameable = Pick<Coupling, 'components' | 'privates'>

/** Every component with its own name and where the given one is kept. */
function listed({ components, privates }: Nameable): { readonly name: string; readonly key: string }[] {
  return [
    ...components.map(({ name }, c) => ({ name, key: `component/${c}/name` })),
    ...privates.flatMap(({ modality, components: own }) =>
      own.map(({ name }, c) => ({ name, key: `private/${modality}/${c}/name` })),
    ),
  ]
}

/** Names of the components without anybody having named them. */
export function ownComponentNames(coupling: Nameable): string[] {
  return listed(coupling).map(({ name }) => name)
}

/** Shown names in the order of the components; where nobody gave one, the component's own. */
export function componentNames({ database }: ReadableProject, runId: number, coupling: Nameable): string[] {
  const { values } = readAnnotations(database, runId)
  return listed(coupling).map(({ name, key }) => {
    const given = v.safeParse(v.string(), values.get(key))
    return given.success ? given.output : name
  })
}

/** An empty name gives the component its own back. Throws `refused` for a name that another has. */
export function nameComponent(
  project: WritableProject,
  runId: number,
  coupling: Nameable,
  component: number,
  name: string,
): void {
  const named = listed(coupling)[component]
  if (named === undefined) throw refused(`The run has no component ${component}.`, '', { field: 'component' })
  const wanted = name.trim()
  const others = componentNames(project, runId, coupling).filter((_, c) => c !== component)
  if (others.includes(wanted))
    throw refused(`Another component is called "${wanted}".`, 'Give each a name of its own.', { field: 'name' })
  const value = wanted === '' || wanted === named.name ? null : wanted
  annotate(project.database, runId, `Rename ${named.name} to ${value ?? named.name}`, [{ key: named.key, value }])
}
