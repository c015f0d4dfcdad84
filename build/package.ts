/** `npm run package`: builds the program and makes the packages of this system; see docs/packaging.md. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'electron-builder'
import { configuration } from './electron-builder.ts'
import { licences } from './licences.ts'
import { pruneModules } from './prune.ts'
import { buildProgram } from './stale.ts'

const root = join(import.meta.dirname, '..')
pruneModules(join(root, 'node_modules'))
await buildProgram()
writeFileSync(join(root, 'out', 'LICENSES.txt'), licences(root))
for (const file of await build({ config: configuration, publish: 'never' })) console.log(file)
