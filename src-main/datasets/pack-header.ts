/** How a pack begins (layout: pack.ts), and where its sections start. */
import * as v from 'valibot'
import { metadataColumn, modality, note } from '../../src-shared/contract/shapes.ts'

export const magic = 'CSPACK01'
/** Sections start at multiples of 16 bytes. */
export const align = (n: number): number => Math.ceil(n / 16) * 16

/** From the header's JSON. */
export const packHeader = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    name: v.string(),
    source: v.string(),
    ids: v.array(v.string()),
    notes: v.array(note),
    modalities: v.array(modality),
    metadata: v.array(metadataColumn),
  }),
)
export type PackHeader = Readonly<v.InferOutput<typeof packHeader>>

/** All that comes before the first section: magic, length, the header's JSON, padding. */
export function packPrefix(json: string): Buffer {
  const text = Buffer.from(json, 'utf8')
  const prefix = Buffer.alloc(align(12 + text.length))
  prefix.write(magic, 0, 'latin1')
  prefix.writeUInt32LE(text.length, 8)
  text.copy(prefix, 12)
  return prefix
}
