/** Imports that pass a limit or are cancelled: the process is ended, and nothing of it is left. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSource, inspectSource } from '../../../src-main/importers/import.ts'
import { type Spawn, spawnNode } from '../../../src-main/training/spawn.ts'
import { folderOf, npy, pairedFiles, wideCurves } from './source-files.ts'

let work: string
let source: string
let packFile: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'limits-'))
  source = await folderOf(await pairedFiles(12))
  packFile = join(work, 'set.pack')
})
afterAll(() =>
  Promise.all([work, source].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 }))),
)

/** Node's fork, remembering the processes it made. */
function recorded(): { spawn: Spawn; pids: number[] } {
  const pids: number[] = []
  const spawn: Spawn = (entry, options) => {
    const child = spawnNode(entry, options)
    pids.push(child.pid!)
    return child
  }
  return { spawn, pids }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('an import', () => {
  it('that takes too long is stopped', async () => {
    const { spawn, pids } = recorded()
    const entry = join(work, 'idle.js')
    await writeFile(entry, 'setInterval(() => undefined, 1000)')
    const slow = importSource({ source, packFile, spawn, entry, limits: { seconds: 0.2 } })
    await expect(slow).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(/limit of 0\.2 s/) as string }) // prettier-ignore
    expect(pids.map(isAlive)).toEqual([false])
    await rm(entry)
    expect(await readdir(work)).toEqual([])
  })

  it('that is cancelled at its first progress leaves nothing behind', async () => {
    const { spawn, pids } = recorded()
    const controller = new AbortController()
    const cancelled = importSource({ source, packFile, spawn, signal: controller.signal, onProgress: () => controller.abort() }) // prettier-ignore
    await expect(cancelled).rejects.toMatchObject({ code: 'interrupted' })
    expect(pids.map(isAlive)).toEqual([false])
    expect(await readdir(work)).toEqual([])
  })

  it('that is cancelled beforehand never starts', async () => {
    const { spawn, pids } = recorded()
    const cancelled = inspectSource(source, { spawn, signal: AbortSignal.abort() })
    await expect(cancelled).rejects.toMatchObject({ code: 'interrupted' })
    expect(pids).toEqual([])
  })

  it('that needs more memory than its limit is refused', async () => {
    const big = await folderOf({ 'images.npy': npy('|u1', [2000, 256, 256], new Uint8Array(2000 * 256 * 256)) })
    const needy = importSource({ source: big, packFile, limits: { memory: 200 } })
    await expect(needy).rejects.toMatchObject({ code: 'refused', details: {} })
    await expect(needy).rejects.toThrow(/MiB/)
    expect(await readdir(work)).toEqual([])
    await rm(big, { recursive: true })
  })

  it('that grows past its memory while it parses is ended', async () => {
    const row = Array.from({ length: 60 }, (_, k) => `0.${k}`).join(',')
    const rows = Array.from({ length: 20_000 }, (_, i) => `s${i},${row}`).join('\n')
    const table = await folderOf({ 'features.csv': `id,${row.replaceAll('0.', 'f')}\n${rows}\n` })
    const { spawn, pids } = recorded()
    const needy = importSource({ source: table, packFile, spawn, limits: { memory: 120 } })
    await expect(needy).rejects.toThrow(/limit of 120 MiB of memory/)
    expect(pids.map(isAlive)).toEqual([false])
    expect(await readdir(work)).toEqual([])
    await rm(table, { recursive: true })
  })

  it.each(['SIGKILL', 'SIGTERM'])(
    'whose process is ended by %s is told apart from one out of memory',
    async (signal) => {
      const entry = join(work, 'killed.js')
      await writeFile(
        entry,
        `process.on('message', () => process.kill(process.pid, '${signal}')); setInterval(() => undefined, 1000)`,
      )
      const killed = importSource({ source, packFile, entry })
      await expect(killed).rejects.toMatchObject({ code: 'failed' })
      await expect(killed).rejects.toThrow(`ended from outside, by another program or person (${signal})`)
      await rm(entry)
      expect(await readdir(work)).toEqual([])
    },
  )

  it('whose process crashes fails with what it said last', async () => {
    const entry = join(work, 'crash.js')
    await writeFile(entry, `process.on('message', () => { console.error('decoder: boom'); process.exit(3) })`)
    await expect(importSource({ source, packFile, entry })).rejects.toMatchObject({
      code: 'failed',
      details: { stderr: 'decoder: boom\n' },
    })
    await rm(entry)
  })

  it('of more files, rows or unpacked bytes than the limits is refused', async () => {
    await expect(inspectSource(source, { limits: { entries: 5 } })).rejects.toThrow(/more than 5 files/)
    const table = await folderOf({ 'curves.csv': wideCurves(Array.from({ length: 30 }, (_, i) => `s${i}`)) })
    await expect(inspectSource(table, { limits: { entries: 20 } })).rejects.toThrow(/curves\.csv has 30 rows/)
    const zeros = npy('|u1', [40, 256, 256], new Uint8Array(40 * 65536))
    const bomb = await folderOf({ 'bomb.npz': zipSync({ 'a.npy': zeros }) })
    await expect(inspectSource(bomb, { limits: { file: 1 } })).rejects.toThrow(/unpack to more than 1 MiB/)
    await Promise.all([table, bomb].map((folder) => rm(folder, { recursive: true })))
  })

  it('with a description that cannot be used names its field', async () => {
    await expect(inspectSource(source, { description: { name: ' ' } })).rejects.toMatchObject({
      code: 'refused',
      details: { field: 'description.name' },
    })
  })

  it('into a folder that is not there fails before anything is read', async () => {
    const { spawn, pids } = recorded()
    const lost = importSource({ source, packFile: join(work, 'none', 'set.pack'), spawn })
    await expect(lost).rejects.toThrow(/Cannot write to/)
    expect(pids).toEqual([])
  })
})
