/**
 * What an import of many samples takes, in the real importer process:
 *
 *     npm run bench -- import table  [--samples 20000] [--repeats 5]    a CSV of 20 numbers a row
 *     npm run bench -- import images [--samples 20000] [--repeats 1]    PNG files of 28 x 28 grey pixels and that CSV
 *
 * From the start of the process to the finished pack; resident memory is its highest (VmHWM) on Linux.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeGreyPng } from './grey-png.ts'
import { importSource } from '../../src-main/importers/import.ts'
import { type Spawn, spawnNode } from '../../src-main/training/spawn.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: 'string', default: '20000' }, repeats: { type: 'string' } },
})
const samples = Number(values.samples)
const kind = positionals[0] === 'images' ? 'images' : 'table'
const repeats = Number(values.repeats ?? (kind === 'images' ? 1 : 5))
const columns = 20
const side = 28
const id = (i: number): string => `s${String(i).padStart(6, '0')}`

/** The same numbers every time. */
function tableText(): string {
  const header = ['id', ...Array.from({ length: columns }, (_, c) => `value_${String.fromCharCode(97 + c)}`)].join(',')
  const rows = Array.from({ length: samples }, (_, i) =>
    [id(i), ...Array.from({ length: columns }, (__, c) => (Math.sin(i * 1.7 + c) * 10 + i / 1000).toFixed(4))].join(
      ',',
    ),
  )
  return `${header}\n${rows.join('\n')}\n`
}

async function writeSource(folder: string): Promise<void> {
  await writeFile(join(folder, 'values.csv'), tableText())
  if (kind === 'table') return
  await mkdir(join(folder, 'images'))
  for (let i = 0; i < samples; i++) {
    const pixels = Uint8Array.from({ length: side * side }, (_, k) => (k * 7 + i * 13) % 256)
    await writeFile(join(folder, 'images', `${id(i)}.png`), encodeGreyPng(side, side, pixels))
  }
}

async function highest(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
  return kib === undefined ? null : Number(kib) / 1024
}

const folder = await mkdtemp(join(tmpdir(), 'causalscope-import-'))
try {
  const source = join(folder, 'source')
  await mkdir(source)
  await writeSource(source)
  const seconds: number[] = []
  const peaks: number[] = []
  for (let i = 0; i < repeats; i++) {
    let pid: number | undefined
    const spawn: Spawn = (...given) => {
      const child = spawnNode(...given)
      pid = child.pid
      return child
    }
    const look = async (): Promise<void> => {
      if (pid !== undefined) peaks.push((await highest(pid)) ?? 0)
    }
    const timer = setInterval(() => void look(), 50)
    const start = performance.now()
    await importSource({ source, packFile: join(folder, 'set.pack'), spawn, onProgress: () => void look() })
    seconds.push((performance.now() - start) / 1000)
    clearInterval(timer)
  }
  const median = seconds.sort((a, b) => a - b)[seconds.length >> 1]!
  const peak = peaks.reduce((most, one) => Math.max(most, one), 0)
  const memory = peak === 0 ? 'not known' : `${Math.round(peak)} MiB`
  console.log(
    `${kind}, ${samples} samples: ${median.toFixed(2)} s (median of ${repeats}, ${seconds[0]!.toFixed(2)} to ${seconds.at(-1)!.toFixed(2)}), ${Math.round(samples / median)} a second, highest memory ${memory}; ${cpus()[0]?.model ?? ''}`,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
