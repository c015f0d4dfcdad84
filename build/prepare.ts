/**
 * Runs at the end of every `npm install`: compiles the training kernels to WebAssembly and builds the window's page, so
 * that the first start is as quick as the others. A production install has no compiler and brings what was built with
 * it; then there is nothing to do.
 */
import { compileKernels } from './kernels/compile.ts'
import { buildPage, pageIsStale } from './stale.ts'

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
    await buildPage()
    console.log('Built the page.')
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`The page was not built: ${reason}`)
  console.error('`npm start` will try again.')
}
