import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { recognise } from '../../../src-main/importers/formats/formats.ts'
import { encodingOf } from '../../../src-main/importers/text-encoding.ts'
import { npy } from '../../integration/importers/source-files.ts'

describe('files are recognised by their content', () => {
  const image = sharp({ create: { width: 4, height: 4, channels: 3, background: '#123456' } })

  it('as images, arrays, archives', async () => {
    for (const format of ['png', 'jpeg', 'tiff', 'gif', 'webp'] as const)
      expect(recognise(await image.clone().toFormat(format).toBuffer()).id).toBe(format)
    expect(recognise(npy('|u1', [1], Uint8Array.of(1))).id).toBe('npy')
    expect(recognise(Buffer.from('PK\x03\x04....')).id).toBe('zip')
    expect(recognise(Buffer.from('BM words begin so too, this is text')).id).toBe('text')
    expect(recognise(new Uint8Array(0)).id).toBe('empty')
    expect(recognise(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7)).id).toBe('binary')
  })

  it('as text in its encoding', () => {
    expect(encodingOf(Buffer.from('größe;1'))).toBe('utf-8')
    expect(encodingOf(Buffer.from('größe;1', 'latin1'))).toBe('windows-1252')
    expect(encodingOf(Buffer.from('\uFEFFid,a', 'utf16le'))).toBe('utf-16le')
    expect(encodingOf(Buffer.from('id,größe', 'utf16le'))).toBe('utf-16le')
    expect(encodingOf(Buffer.from('id,größe', 'utf16le').swap16())).toBe('utf-16be')
    expect(encodingOf(Buffer.from('ab\0\x01\x02\x03'))).toBeNull()
  })

  it('as UTF-8 though the look at its beginning ends within a character', () => {
    expect(encodingOf(Buffer.from(`${'a'.repeat(10)}é`).subarray(0, 11))).toBe('utf-8')
  })
})
