/** Seeded damage to bytes. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'

/** A copy with some bytes flipped, in a stretch or all over, or cut off. */
export function damaged(bytes: Uint8Array, random: RandomStream): { bytes: Uint8Array; how: string } {
  const kind = random.integer(4)
  if (kind === 0) {
    const length = random.integer(bytes.length)
    return { bytes: bytes.slice(0, length), how: `cut after ${length} bytes` }
  }
  const copy = bytes.slice()
  // The beginnings of files decide what they are taken for.
  const within = kind === 1 ? Math.min(bytes.length, 512) : bytes.length
  const count = kind === 3 ? 1 : 1 + random.integer(16)
  for (let i = 0; i < count; i++) copy[random.integer(within)]! ^= 1 + random.integer(255)
  return { bytes: copy, how: `${count} bytes flipped in the first ${within}` }
}
