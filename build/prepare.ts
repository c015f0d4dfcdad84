/**
 * Runs at the end of every `npm ci` and `npm install`: compiles the training kernels to WebAssembly, builds the window's
 * page, so that the first start is as quick as the others, and takes out of node_modules what this machine never loads.
 * An installation without the development packages (`npm ci --omit=dev`) is for the command line: nothing there builds a page.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { compileKernels } from './kernels/compile.ts'
import { pruneModules } from './prune.ts'
import { buildPage, pageIsStale } from './stale.ts'

const modules = join(import.meta.dirname, '..', 'node_modules')

try {
  const written = await compileKernels()
  if (written.length > 0) console.log(`Compiled the training kernels: ${written.join(', ')}`)
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`The training kernels were not compiled: ${reason}`)
  console.error('Training on the WebAssembly engine needs them; run `npm run prepare` to try again.')
}

try {
  if (pageIsStale()) {
    if (existsSync(join(modules, 'vite'))) {
      await buildPage()
      console.log('Built the page.')
    } else console.log('The window is not built without the development packages; the command line is complete.')
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`The page was not built: ${reason}`)
  console.error('`npm start` will try again.')
}

pruneModules(modules)
