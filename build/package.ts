/** `npm run package`: builds the program and makes the packages of this system; see docs/packaging.md. */
import { build } from 'electron-builder'
import { configuration } from './electron-builder.ts'
import { buildProgram } from './stale.ts'

await buildProgram()
for (const file of await build({ config: configuration, publish: 'never' })) console.log(file)
