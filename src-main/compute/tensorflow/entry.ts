/**
 * TensorFlow's own library through tfjs-node: on CUDA GPUs (`@tensorflow/tfjs-node-gpu`) or on the CPU
 * (`@tensorflow/tfjs-node`). Both packages are optional: they download a native library when they are installed. A
 * library that the person named goes before both.
 */
import { existsSync, globSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { CausalscopeError, failed } from '../../../src-shared/errors.ts'
import { ownPackage } from '../own-package.ts'
import type { EngineEntry, Presence } from '../registry.ts'
import { namedLibrary } from './native/loaded.ts'
import { isNamed } from './native/named.ts'
import { repairUtil } from './util-helpers.ts'

const backendSchema = v.object({ isUsingGpuDevice: v.optional(v.boolean(), false) })

interface Flavour {
  readonly name: 'tensorflow-gpu' | 'tensorflow'
  readonly package: string
  readonly gpu: boolean
}

const flavours: readonly Flavour[] = [
  { name: 'tensorflow-gpu', package: '@tensorflow/tfjs-node-gpu', gpu: true },
  { name: 'tensorflow', package: '@tensorflow/tfjs-node', gpu: false },
]

/** For who has a TensorFlow but cannot download this package's library. */
const own = ', or name a TensorFlow of your own: causalscope engines --native FOLDER'

/** What to do about an error of the native library, by what it says. */
function adviceFor(error: unknown, { package: name, gpu }: Flavour): string {
  const message = error instanceof Error ? error.message : String(error)
  const first = message.split('\n')[0]!
  if (/libcu|cudart|cudnn|cublas/i.test(message))
    return `CUDA does not fit (${first}); install CUDA 11.8 with cuDNN 8.6, or use WebGPU`
  if (/tfjs_binding|libtensorflow|Cannot find module|native addon/i.test(message))
    return `its native library is missing (${first}); run npm rebuild ${name} where downloads are allowed${own}`
  if (/GLIBC|ELF|architecture/i.test(message)) return `its native library does not fit this system (${first})`
  return `${gpu ? 'the GPU library' : 'the library'} could not be loaded (${first})`
}

/** Whether a package that downloads a native library has none: loading it to be told so would take half a second. */
function lacksLibrary(main: string): boolean {
  const root = path.dirname(path.dirname(main))
  if (!existsSync(path.join(root, 'binding.gyp'))) return false
  return globSync('lib/napi-v*/tfjs_binding.node', { cwd: root }).length === 0
}

function reasonOf(error: unknown): string {
  if (error instanceof CausalscopeError) return [error.message, error.hint].filter((part) => part !== '').join(' ')
  const first = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
  return `your TensorFlow could not be loaded (${first}); name it again: causalscope engines --native FOLDER`
}

/** The engine of one package, looked for in the program that the file `base` belongs to. */
export function tensorflowEntry(flavour: Flavour, base = import.meta.url): EngineEntry {
  const require = createRequire(base)
  let loading: Promise<Presence> | undefined

  /** The named library where it is what this entry stands for: on the GPU, or on the CPU. */
  const named = async (): Promise<Presence> => {
    const before = tf.engine().backendName
    try {
      const { version, gpu, folder } = await namedLibrary()
      if (gpu !== flavour.gpu) {
        const reason = gpu ? 'your TensorFlow runs on the GPU' : 'your TensorFlow found no CUDA GPU'
        return { present: false, reason: `${reason} (${folder})` }
      }
      await tf.setBackend('tensorflow')
      return {
        present: true,
        device: `${gpu ? 'CUDA GPU' : 'CPU'}, TensorFlow ${version} of your own`,
        software: false,
      }
    } catch (error) {
      return { present: false, reason: reasonOf(error) }
    } finally {
      if (before && before !== 'tensorflow') await tf.setBackend(before)
    }
  }

  /** Loads the package, which registers the backend `tensorflow`, and leaves the current backend as it was. */
  const load = async (): Promise<Presence> => {
    if (isNamed()) return named()
    const file = ownPackage(flavour.package, base)
    if (file === null) {
      const need = flavour.gpu ? ' on a machine with an NVIDIA GPU, CUDA 11.8 and cuDNN 8.6' : ''
      return {
        present: false,
        reason: `${flavour.package} is not installed; run npm install ${flavour.package}${need}${own}`,
      }
    }
    if (lacksLibrary(file)) return { present: false, reason: adviceFor(new Error('tfjs_binding.node'), flavour) }
    const before = tf.engine().backendName
    try {
      repairUtil(require)
      await import(pathToFileURL(file).href)
      await tf.setBackend('tensorflow')
      const { isUsingGpuDevice } = v.parse(backendSchema, tf.backend())
      if (flavour.gpu && !isUsingGpuDevice)
        return { present: false, reason: 'TensorFlow found no CUDA GPU; check the driver with nvidia-smi' }
      return { present: true, device: flavour.gpu ? 'CUDA GPU' : 'CPU', software: false }
    } catch (error) {
      return { present: false, reason: adviceFor(error, flavour) }
    } finally {
      if (before && before !== 'tensorflow') await tf.setBackend(before)
    }
  }

  return {
    name: flavour.name,
    threaded: false,
    probe: () => (loading ??= load()),
    async open() {
      const presence = await (loading ??= load())
      if (!presence.present) throw failed(`TensorFlow cannot be used: ${presence.reason}.`, 'Use another engine.')
      if (!(await tf.setBackend('tensorflow'))) throw failed('TensorFlow could not be started.', 'Use another engine.')
      return `TensorFlow, ${presence.device}`
    },
    fault: () => null,
  }
}

export const tensorflowGpuEntry = tensorflowEntry(flavours[0]!)
export const tensorflowCpuEntry = tensorflowEntry(flavours[1]!)
