/** `npm run build`: page, preload script and main process into out/. */
import { buildProgram } from './stale.ts'

await buildProgram()
