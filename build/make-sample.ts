/**
 * Makes resources/samples/mechanical-mnist from the published arrays: `npm run sample -- SOURCE`, where SOURCE
 * holds images.npy (uint8 [n, 28, 28]), strain-energy.csv and labels.csv, whose rows are those of the array. The first
 * 1,000 pairs become PNG files and a table; the digits go into truth.json, which an import leaves alone.
 */
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { concurrently } from '../src-main/datasets/synthetic/concurrently.ts'
import { encodePng } from '../src-main/datasets/synthetic/write.ts'

const pairs = 1000
const size = 28
const target = join(import.meta.dirname, '..', 'resources', 'samples', 'mechanical-mnist')

const source = process.argv[2]
if (source === undefined) {
  console.error('Usage: npm run sample -- SOURCE')
  process.exit(2)
}

const curves = await firstLines(join(source, 'strain-energy.csv'), pairs + 1)
const labels = (await firstLines(join(source, 'labels.csv'), pairs + 1)).slice(1)
const ids = curves.slice(1).map((line) => line.slice(0, line.indexOf(',')))
if (ids.length !== pairs || ids.some((id, i) => labels[i]?.startsWith(`${id},`) !== true))
  throw new Error(`strain-energy.csv and labels.csv in ${source} do not name the same ${pairs} samples first.`)
const images = await readImages(join(source, 'images.npy'))

await rm(join(target, 'images'), { recursive: true, force: true })
await mkdir(join(target, 'images'), { recursive: true })
await concurrently(ids, async (id, i) => {
  const image = images.subarray(i * size * size, (i + 1) * size * size)
  await writeFile(join(target, 'images', `${id}.png`), await encodePng(image, size, size, 1))
})
await writeFile(join(target, 'strain-energy.csv'), curves.join('\n') + '\n')
const truth = {
  name: 'mechanical-mnist',
  notes: ['The digit is for evaluation only; no unsupervised method is given it.'],
  nodes: [{ name: 'digit', categories: Array.from({ length: 10 }, (_, digit) => String(digit)) }],
  edges: [],
  factors: Object.fromEntries(ids.map((id, i) => [id, [Number(labels[i]!.slice(id.length + 1))]])),
}
await writeFile(join(target, 'truth.json'), JSON.stringify(truth) + '\n')
console.log(`${pairs} pairs in ${target}`)

async function firstLines(file: string, count: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    lines.push(line)
    if (lines.length === count) break
  }
  return lines
}

/** The bytes of a version 1 .npy file of uint8 [n, 28, 28] in C order. */
async function readImages(file: string): Promise<Uint8Array> {
  const content = await readFile(file)
  const header = content.toString('latin1', 10, 10 + content.readUInt16LE(8))
  if (content[6] !== 1 || !/'\|u1'.*False.*\(\d+, 28, 28\)/.test(header))
    throw new Error(`${file} is not an array of uint8 [n, 28, 28]: ${header}`)
  return content.subarray(10 + header.length)
}
