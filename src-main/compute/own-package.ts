/**
 * Packages with native code are loaded from the program's own node_modules and nowhere else: not from a folder above it,
 * NODE_PATH or ~/.node_modules, where Node would look too and where anyone might have left something of the name.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

const manifest = v.pipe(v.string(), v.parseJson(), v.object({ name: v.literal('causalscope') }))

function isProgram(folder: string): boolean {
  try {
    return v.is(manifest, readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return false
  }
}

/** The file that loads the package, null when the program does not have it. `base`: URL of a file of the program. */
export function ownPackage(name: string, base = import.meta.url): string | null {
  for (let folder = dirname(fileURLToPath(base)); ; folder = dirname(folder)) {
    if (isProgram(folder))
      try {
        return createRequire(base).resolve(join(folder, 'node_modules', name))
      } catch {
        return null
      }
    if (folder === dirname(folder)) return null
  }
}
