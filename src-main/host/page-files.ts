/** The built page as both hosts serve it: files of one folder by path, nothing else. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Served } from './host.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Answers a file of `folder`, the root with index.html; null for anything outside it, unknown or missing. */
export function pageFiles(folder: string): (path: string) => Promise<Served | null> {
  const root = normalize(folder + sep)
  return async (path) => {
    let wanted: string
    try {
      wanted = decodeURIComponent(path.split('?')[0] ?? '')
    } catch {
      return null
    }
    if (wanted.includes('\0')) return null
    const file = normalize(join(root, wanted === '/' ? 'index.html' : wanted))
    const contentType = contentTypes[extname(file)]
    if (!file.startsWith(root) || contentType === undefined) return null
    try {
      const bytes = await readFile(file)
      return { status: 200, contentType, body: new Uint8Array(bytes) }
    } catch {
      return null
    }
  }
}
