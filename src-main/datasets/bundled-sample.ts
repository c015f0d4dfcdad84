/** Where the data that come with the application lie: resources/samples, in a checkout, a build and a package alike. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { failed } from '../../src-shared/errors.ts'

/** Folder of a bundled sample, found upwards from this file. Throws when it is not there. */
export function bundledSample(name: string): string {
  const inside = join('resources', 'samples', name)
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, inside))) return join(folder, inside)
    if (folder === dirname(folder)) break
  }
  throw failed(`The bundled sample ${name} is missing.`, 'Install Causalscope again, or get a fresh checkout.')
}
