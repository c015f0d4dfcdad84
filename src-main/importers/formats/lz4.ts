/** LZ4 frames (lz4_Frame_format.md 1.6.4), which Arrow's files are packed with by default. Checksums are passed over. */

const magic = 0x184d2204
const shortestMatch = 4
const mostOutput = 2 ** 31 - 1

/** Throws for a frame that is cut off, refers to what is not there, or unpacks to more than 2 GiB. */
export function unpackLz4(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 7 || view.getUint32(0, true) !== magic) throw new Error('an LZ4 frame does not begin as one')
  const flags = bytes[4]!
  const sized = (flags & 8) !== 0
  let at = 6 + (sized ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0) + 1
  const output = new Output(sized ? Number(view.getBigUint64(6, true)) : 4 * bytes.length)
  for (;;) {
    if (at + 4 > bytes.length) throw new Error('an LZ4 frame is cut off')
    const head = view.getUint32(at, true)
    at += 4
    if (head === 0) return output.bytes()
    const length = head & 0x7fffffff
    if (at + length > bytes.length) throw new Error('an LZ4 block is cut off')
    const block = bytes.subarray(at, at + length)
    if (head >>> 31 === 1) output.literals(block)
    else unpackBlock(block, output)
    at += length + ((flags & 16) !== 0 ? 4 : 0)
  }
}

class Output {
  private buffer: Uint8Array
  private length = 0

  constructor(expected: number) {
    this.buffer = new Uint8Array(Math.min(expected, 64 * 1024 * 1024))
  }

  private room(more: number): void {
    const needed = this.length + more
    if (needed <= this.buffer.length) return
    if (needed > mostOutput) throw new Error('an LZ4 frame unpacks to more than 2 GiB')
    const larger = new Uint8Array(Math.min(mostOutput, Math.max(needed, 2 * this.buffer.length)))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }

  literals(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  /** Repeats what was written `distance` before; it may run into itself. */
  match(distance: number, count: number): void {
    if (distance === 0 || distance > this.length) throw new Error('an LZ4 block refers to what is not there')
    this.room(count)
    for (let i = 0; i < count; i++) this.buffer[this.length + i] = this.buffer[this.length + i - distance]!
    this.length += count
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }
}

function unpackBlock(block: Uint8Array, output: Output): void {
  let at = 0
  const next = (): number => {
    const byte = block[at++]
    if (byte === undefined) throw new Error('an LZ4 block is cut off')
    return byte
  }
  const extended = (length: number): number => {
    if (length < 15) return length
    for (;;) {
      const more = next()
      length += more
      if (more < 255) return length
    }
  }
  while (at < block.length) {
    const token = next()
    const count = extended(token >> 4)
    if (at + count > block.length) throw new Error('an LZ4 block is cut off')
    output.literals(block.subarray(at, at + count))
    at += count
    // The last sequence is of literals alone.
    if (at === block.length) return
    const distance = next() | (next() << 8)
    output.match(distance, extended(token & 15) + shortestMatch)
  }
}
