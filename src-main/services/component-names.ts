/** What people call the components of a run. */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import type { Coupling } from '../../src-shared/methods/facets.ts'
import { annotate, readAnnotations } from '../project/annotations.ts'
import type { ReadableProject, WritableProject } from '../project/project.ts'

const nameKey = (component: number): string => `component/${component}/name`

/** Shown names in the order of the components; where nobody gave one, the component's own. */
export function componentNames(
  { database }: ReadableProject,
  runId: number,
  { components }: Pick<Coupling, 'components'>,
): string[] {
  const { values } = readAnnotations(database, runId)
  return components.map(({ name }, c) => {
    const given = v.safeParse(v.string(), values.get(nameKey(c)))
    return given.success ? given.output : name
  })
}

/** An empty name gives the component its own back. Throws `refused` for a name that another has. */
export function nameComponent(
  project: WritableProject,
  runId: number,
  coupling: Pick<Coupling, 'components'>,
  component: number,
  name: string,
): void {
  const own = coupling.components[component]?.name
  if (own === undefined) throw refused(`The run has no component ${component}.`, '', { field: 'component' })
  const wanted = name.trim()
  const others = componentNames(project, runId, coupling).filter((_, c) => c !== component)
  if (others.includes(wanted))
    throw refused(`Another component is called "${wanted}".`, 'Give each a name of its own.', { field: 'name' })
  const value = wanted === '' || wanted === own ? null : wanted
  annotate(project.database, runId, `Rename ${own} to ${value ?? own}`, [{ key: nameKey(component), value }])
}
