import { describe, expect, it } from 'vitest'
import { DataStore } from '../../../src-main/app/data-store.ts'

describe('the data store', () => {
  it('serves values alone, little-endian and row-major', async () => {
    const store = new DataStore()
    const ref = store.put(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])
    expect(ref).toMatchObject({ dtype: 'float32', shape: [2, 3] })
    const served = await store.serve(ref.url)
    expect(new Float32Array(served!.body.slice().buffer)).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6))
  })

  it('sends a small array along as well, the same bytes, and leaves a large one to be fetched', async () => {
    const store = new DataStore()
    // In part of a buffer that is not theirs alone.
    const small = store.put(Float32Array.of(9, 1.5, -2, 9).subarray(1, 3), [2])
    const served = await store.serve(small.url)
    expect(Buffer.from(small.base64!, 'base64')).toEqual(Buffer.from(served!.body))
    expect(store.put(new Uint8Array(256 * 1024), [256 * 1024]).base64).toBeDefined()
    expect(store.put(new Uint8Array(256 * 1024 + 1), [256 * 1024 + 1])).not.toHaveProperty('base64')
  })

  it('refuses values that do not fill their shape', () => {
    expect(() => new DataStore().put(new Uint8Array(5), [2, 3])).toThrow('5 values do not fill [2, 3]')
  })

  it('drops the oldest computed arrays when newer ones need their room', async () => {
    const store = new DataStore(10)
    const first = store.put(new Uint8Array(6), [6])
    const second = store.put(new Uint8Array(6), [6])
    expect(await store.serve(first.url)).toBeNull()
    expect(await store.serve(second.url)).not.toBeNull()
  })

  it('keeps what is larger than its room until the next', async () => {
    const store = new DataStore(10)
    const large = store.put(new Uint8Array(50), [50])
    expect(await store.serve(large.url)).not.toBeNull()
  })

  it('reads stored arrays only when they are fetched, and forgets all at once', async () => {
    const store = new DataStore()
    let reads = 0
    const ref = store.stored('run/1/mean', 'int32', [2], () => {
      reads++
      return Int32Array.of(7, 8)
    })
    expect(reads).toBe(0)
    expect((await store.serve(ref.url))?.body.byteLength).toBe(8)
    const ids = store.storedJson('run/1/ids', () => ['a', 'b'])
    expect(new TextDecoder().decode((await store.serve(ids))?.body)).toBe('["a","b"]')
    store.clear()
    expect(await store.serve(ref.url)).toBeNull()
  })
})
