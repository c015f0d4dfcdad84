/** The encoding of a text, by its first bytes. */

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/**
 * The encoding of text, by byte order mark or by content: UTF-16 without a mark shows as zeros in every other byte,
 * UTF-8 by being valid. Null when the bytes are not text.
 */
export function encodingOf(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  let controls = 0
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = zeros[i % 2]! + 1
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) controls += 1
  })
  const [even, odd] = [zeros[0]!, zeros[1]!]
  const half = head.length / 2
  if (odd > 0.6 * half && even === 0 && controls === 0) return 'utf-16le'
  if (even > 0.6 * half && odd === 0 && controls === 0) return 'utf-16be'
  if (even + odd > 0 || controls > 0.01 * head.length) return null
  return isUtf8(head) ? 'utf-8' : 'windows-1252'
}

/** Valid UTF-8, a character cut off at the very end allowed: it may be the beginning of a longer file. */
export function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
