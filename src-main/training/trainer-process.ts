/**
 * Entry of the trainer process, under Node's fork and as an Electron utility process alike: the real engines and
 * methods, and what the operating system may say to a process.
 */
import { openEngine } from '../compute/engine.ts'
import { tensorMemory } from '../compute/tensor-memory.ts'
import { createSession } from '../models/methods.ts'
import { openParentPort } from './parent-port.ts'
import { Trainer } from './trainer.ts'

const trainer = new Trainer(openParentPort(), { openEngine, createSession, tensorMemory }, (code) => process.exit(code))

process.on('uncaughtException', (error) => trainer.fail(error))
process.on('unhandledRejection', (reason) => trainer.fail(reason))
if (process.send !== undefined) {
  // Ctrl+C in a terminal reaches the host and the trainer alike; the host decides what it means.
  process.on('SIGINT', () => undefined)
  // Under Electron, SIGTERM is how the host kills: there it stays deadly.
  process.on('SIGTERM', () => trainer.leave())
  process.on('SIGHUP', () => trainer.leave())
}
trainer.serve()
