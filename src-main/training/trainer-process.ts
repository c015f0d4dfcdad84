/**
 * Entry of the trainer process, under Node's fork and as an Electron utility process alike: the real engines and
 * methods, and what the operating system may say to a process.
 */
import * as v from 'valibot'
import { openEngine } from '../compute/engine.ts'
import { tensorMemory } from '../compute/tensor-memory.ts'
import { openParentPort } from './parent-port.ts'
import type { TrainerParts } from './run-job.ts'
import { Trainer } from './trainer.ts'

const methodsSchema = v.object({
  createSession: v.custom<TrainerParts['createSession']>((value) => typeof value === 'function'),
})

const trainer = new Trainer(
  openParentPort(),
  {
    openEngine,
    createSession: async (request) => {
      const methods: unknown = await import(new URL('../models/methods.ts', import.meta.url).href)
      return v.parse(methodsSchema, methods).createSession(request)
    },
    tensorMemory,
  },
  (code) => process.exit(code),
)

process.on('uncaughtException', (error) => trainer.fail(error))
process.on('unhandledRejection', (reason) => trainer.fail(reason))
// Ctrl+C in a terminal reaches the host and the trainer alike; the host decides what it means.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => trainer.leave())
process.on('SIGHUP', () => trainer.leave())
trainer.serve()
