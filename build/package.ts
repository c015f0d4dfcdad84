/** `npm run package`: builds the program and makes the packages of this system; see docs/packaging.md. */
import { join } from 'node:path'
import { build } from 'electron-builder'
import { configuration } from './electron-builder.ts'
import { pruneModules } from './prune.ts'
import { buildProgram } from './stale.ts'

pruneModules(join(import.meta.dirname, '..', 'node_modules'))
await buildProgram()
for (const file of await build({ config: configuration, publish: 'never' })) console.log(file)
