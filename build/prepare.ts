/**
 * Runs at the end of every `npm install`: compiles the training kernels to WebAssembly. A production install has no
 * compiler and brings the compiled kernels with it; then there is nothing to do.
 */
import { compileKernels } from './kernels/compile.ts'

try {
  const written = await compileKernels()
  if (written.length > 0) console.log(`Compiled the training kernels: ${written.join(', ')}`)
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`The training kernels were not compiled: ${reason}`)
  console.error('Training on the WebAssembly engine needs them; run `npm run prepare` to try again.')
}
