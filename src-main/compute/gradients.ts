/**
 * The gradients of TensorFlow.js ops. The package's Node build leaves them out, and its module build, which has them,
 * imports without file extensions; for the length of one import, the loader is told what those names mean. Both builds
 * share one registry and one engine through the global object.
 */
import { registerHooks } from 'node:module'

const moduleBuild = '/@tensorflow/tfjs-core/dist/'
let loaded: Promise<unknown> | undefined

async function load(): Promise<void> {
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const inside = context.parentURL?.includes(moduleBuild) === true && specifier.startsWith('.')
      const resolved = nextResolve(inside && !specifier.endsWith('.js') ? `${specifier}.js` : specifier, context)
      const ofModuleBuild = resolved.url.includes(moduleBuild) && !resolved.url.endsWith('.node.js')
      return ofModuleBuild ? { ...resolved, format: 'module' } : resolved
    },
  })
  await import('@tensorflow/tfjs-core/dist/register_all_gradients.js')
  hooks.deregister()
}

/** Registers every gradient, once a process. */
export async function loadGradients(): Promise<void> {
  loaded ??= load()
  await loaded
}
