/** On Linux Dawn needs Vulkan: its loader and a driver. Asking Dawn without them makes it print warnings of its own. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

const loaderFolders = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/lib', '/lib64']
const multiarch = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

function hasLoader(): boolean {
  const own = Object.entries(multiarch).flatMap(([arch, triple]) =>
    arch === process.arch ? [`/usr/lib/${triple}`, `/lib/${triple}`] : [],
  )
  const listed = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '')
  return [...listed, ...own, ...loaderFolders].some((folder) => existsSync(path.join(folder, 'libvulkan.so.1')))
}

function hasDriver(): boolean {
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES
  if (named !== undefined) return named.split(':').some((file) => existsSync(file))
  const home = process.env.HOME ?? ''
  const data = (process.env.XDG_DATA_DIRS ?? '/usr/local/share:/usr/share').split(':')
  return [...data, '/etc', '/usr/local/etc', path.join(home, '.local/share')]
    .map((folder) => path.join(folder, 'vulkan', 'icd.d'))
    .some((folder) => existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.json')))
}

/** Why Vulkan cannot work here; null where it can, and on other systems. */
export function missingVulkan(): string | null {
  if (process.platform !== 'linux') return null
  if (!hasLoader()) return 'the Vulkan loader is missing; install libvulkan1 and the driver of your GPU'
  if (!hasDriver()) return 'no Vulkan driver is installed; install the driver of your GPU'
  return null
}
