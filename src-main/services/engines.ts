/** The engines of this machine, looked for in a process of its own. */
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { engine, errorData } from '../../src-shared/contract/shapes.ts'
import { CausalscopeError, failed } from '../../src-shared/errors.ts'
import { askOnce } from '../training/ask-once.ts'
import { type Spawn, spawnNode } from '../training/spawn.ts'

const described = v.object({
  name: engine,
  present: v.boolean(),
  device: v.nullable(v.string()),
  reason: v.nullable(v.string()),
})
export type FoundEngine = v.InferOutput<typeof described>

const replySchema = v.variant('type', [
  v.object({ type: v.literal('engines'), engines: v.array(described) }),
  v.object({ type: v.literal('error'), error: errorData }),
])

/** A driver that hangs is as good as none. */
const patience = 60_000

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/engines-process.${extension}`, import.meta.url))
}

/** Every engine in order of choice. Throws `failed` when the machine's drivers end the search. */
export async function findEngines(spawn: Spawn = spawnNode): Promise<readonly FoundEngine[]> {
  const hint = 'Training can still use the WebAssembly engine: choose it in the model view.'
  return askOnce(processFile(), {
    ...{ spawn, options: { heapLimitMb: null } },
    hear: (message) => {
      const reply = v.parse(replySchema, message)
      if (reply.type === 'engines') return reply.engines
      throw new CausalscopeError(reply.error)
    },
    endedEarly: ({ code, signal }) =>
      failed(`Looking for engines ended unexpectedly (${signal ?? `exit code ${code ?? 'unknown'}`}).`, hint),
    patience: { milliseconds: patience, tooLong: () => failed('Looking for engines took too long.', hint) },
  })
}
