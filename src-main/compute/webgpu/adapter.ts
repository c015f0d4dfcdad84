/** The GPU of this machine through Dawn, the npm package `webgpu`: any vendor, no browser. */
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import { ownPackage } from '../own-package.ts'
import { missingVulkan } from './vulkan.ts'

const infoSchema = v.object({
  vendor: v.optional(v.string(), ''),
  architecture: v.optional(v.string(), ''),
  description: v.optional(v.string(), ''),
  isFallbackAdapter: v.optional(v.boolean(), false),
})

const adapterSchema = v.object({ info: infoSchema })

interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<unknown>
}

const packageSchema = v.object({
  create: v.custom<(options: string[]) => Gpu>((value) => typeof value === 'function'),
  globals: v.record(v.string(), v.unknown()),
})

/** Names under which software renderers report themselves. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|software|basic render/i

export type AdapterProbe =
  | { readonly found: true; readonly device: string; readonly software: boolean }
  | { readonly found: false; readonly reason: string }

let probing: Promise<AdapterProbe> | undefined

/** Looks once for an adapter, and makes `navigator.gpu` what the WebGPU backend expects. */
export function probeAdapter(): Promise<AdapterProbe> {
  probing ??= probe()
  return probing
}

async function probe(): Promise<AdapterProbe> {
  const missing = missingVulkan()
  if (missing !== null) return { found: false, reason: missing }
  let dawn: v.InferOutput<typeof packageSchema>
  try {
    const file = ownPackage('webgpu')
    if (file === null) throw new Error('it is not installed')
    dawn = v.parse(packageSchema, await import(pathToFileURL(file).href))
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    return { found: false, reason: `the package webgpu could not be loaded (${reason}); run npm install again` }
  }
  Object.assign(globalThis, dawn.globals)
  const gpu = dawn.create([])
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  const described = v.safeParse(adapterSchema, adapter)
  if (!described.success)
    return {
      found: false,
      reason: 'no graphics driver with Vulkan, Metal or Direct3D 12 was found; install the driver of your GPU',
    }
  const { vendor, architecture, description, isFallbackAdapter } = described.output.info
  const device = description || `${vendor} ${architecture}`.trim() || 'unnamed GPU'
  const software = isFallbackAdapter || softwareNames.test(`${vendor} ${architecture} ${description}`)
  return { found: true, device, software }
}
