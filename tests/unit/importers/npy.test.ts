import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halfToNumber, npyHeader, parseNpy } from '../../../src-main/importers/npy.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { bytesOf, npy } from '../../integration/importers/source-files.ts'

const types = {
  '|u1': Uint8Array,
  '|i1': Int8Array,
  '<u2': Uint16Array,
  '<i2': Int16Array,
  '<u4': Uint32Array,
  '<i4': Int32Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
} as const

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })

/** A shape, and so many values of the type as it needs. */
const arrays = fc.tuple(fc.constantFrom(...Object.keys(types)), shapes).chain(([descr, shape]) => {
  const count = shape.reduce((a, b) => a * b, 1)
  const type = types[descr as keyof typeof types]
  return fc
    .array(fc.integer({ min: 0, max: 127 }), { minLength: count, maxLength: count })
    .map((values) => ({ descr, shape, values: type.from(values) }))
})

function swapped(bytes: Buffer, size: number): Buffer {
  const copy = Buffer.from(bytes)
  if (size === 2) return copy.swap16()
  if (size === 4) return copy.swap32()
  return size === 8 ? copy.swap64() : copy
}

/** Values in Fortran order, by the definition: the first index runs fastest. */
function fortran<T extends { [index: number]: number; slice(): T; readonly length: number }>(
  values: T,
  shape: readonly number[],
): T {
  const result = values.slice()
  for (let i = 0; i < values.length; i++) {
    let rest = i
    const index = shape.map(() => 0)
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = rest % shape[d]!
      rest = Math.floor(rest / shape[d]!)
    }
    const at = index.reduceRight((sum, k, d) => sum * shape[d]! + k, 0)
    result[at] = values[i]!
  }
  return result
}

describe('NumPy arrays', () => {
  it('come back as they were written, in either byte order', () => {
    fc.assert(
      fc.property(arrays, fc.boolean(), ({ descr, shape, values }, big) => {
        const size = values.BYTES_PER_ELEMENT
        const body = big ? swapped(bytesOf(values), size) : bytesOf(values)
        const read = parseNpy(npy(big ? descr.replace('<', '>') : descr, shape, body), 'a.npy')
        expect(read.shape).toEqual(shape)
        expect(read.values).toEqual(values)
      }),
    )
  })

  it('come in C order, whatever order the file has', () => {
    fc.assert(
      fc.property(arrays, ({ descr, shape, values }) => {
        const file = npy(descr, shape, bytesOf(fortran<typeof values>(values, shape)), true)
        expect(parseNpy(file, 'a.npy').values).toEqual(values)
      }),
    )
  })

  it('cut off or changed anywhere are refused, or are still an array', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), fc.nat(255), fc.boolean(), ({ descr, shape, values }, at, byte, cut) => {
        const file = npy(descr, shape, bytesOf(values))
        const place = at % file.length
        const changed = cut ? file.subarray(0, place) : Buffer.from(file)
        if (!cut) changed[place] = byte
        try {
          parseNpy(changed, 'a.npy')
        } catch (error) {
          expect(error).toBeInstanceOf(CausalscopeError)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('never come from arbitrary bytes after a good beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const file = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), bytes])
        expect(() => parseNpy(file, 'a.npy')).toThrow(CausalscopeError)
      }),
    )
  })

  it('of 8-byte integers keep their values up to 2^53, and are refused beyond', () => {
    const values = BigInt64Array.of(-1n, 0n, 9007199254740991n, -9007199254740991n, -4294967296n)
    expect([...parseNpy(npy('<i8', [5], bytesOf(values)), 'a.npy').values]).toEqual([...values].map(Number))
    const beyond = npy('<u8', [1], bytesOf(BigUint64Array.of(2n ** 60n)))
    expect(() => parseNpy(beyond, 'a.npy')).toThrow(/beyond 2\^53/)
  })

  it('of half floats, booleans and text are read', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00)
    expect([...parseNpy(npy('<f2', [5], bytesOf(halves)), 'a.npy').values]).toEqual([1, -2, 65504, 2 ** -24, Infinity])
    expect(halfToNumber(0x7e00)).toBeNaN()
    expect([...parseNpy(npy('|b1', [2], Uint8Array.of(1, 0)), 'a.npy').values]).toEqual([1, 0])
    const text = Buffer.from(Uint32Array.from('a\0é😀', (c) => c.codePointAt(0)!).buffer)
    expect(parseNpy(npy('<U2', [2], text), 'a.npy').values).toEqual(['a', 'é😀'])
    expect(parseNpy(npy('|S3', [2], Buffer.from('ab\0xyz')), 'a.npy').values).toEqual(['ab', 'xyz'])
  })

  it('of an unaligned older file are read', () => {
    const file = npy('<f8', [2], bytesOf(Float64Array.of(1.5, -2)))
    const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3)
    expect([...parseNpy(shifted, 'a.npy').values]).toEqual([1.5, -2])
  })

  it('of objects, fields, unknown types or claims beyond memory are refused with what to do', () => {
    const header = (dict: string) => {
      const head = Buffer.alloc(10)
      head.write('\x93NUMPY\x01\x00', 0, 'latin1')
      head.writeUInt16LE(dict.length, 8)
      return Buffer.concat([head, Buffer.from(dict, 'latin1')])
    }
    const refusals = [
      ["{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", /object array/],
      ["{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", /structured array/],
      ["{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,), }", /type "<M8\[ns\]"/],
      [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
        /shape .* cannot be understood/,
      ],
      ["{'descr': '<f8', 'fortran_order': False, 'shape': (-3,), }", /shape .* cannot be understood/],
      ["{'descr': '<f8', 'fortran_order': False, 'shape': (1000000,), }", /needs 8000000 bytes of values, it has 0/],
      ["{'descr': '<f8', 'shape': (1,), }", /cannot be understood/],
    ] as const
    for (const [dict, message] of refusals) expect(() => parseNpy(header(dict), 'a.npy')).toThrow(message)
  })

  it('tell shape and type from the header alone', () => {
    const file = npy('>i2', [7, 3], new Uint8Array(42)).subarray(0, 128)
    expect(npyHeader(file, 'a.npy')).toMatchObject({ shape: [7, 3], type: 'i2', littleEndian: false, itemSize: 2 })
  })
})
