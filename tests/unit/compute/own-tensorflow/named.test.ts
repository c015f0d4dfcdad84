import { appendFileSync, chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { requireGuarded } from '../../../../src-main/compute/tensorflow/native/guard.ts'
import { findLibrary, type Library } from '../../../../src-main/compute/tensorflow/native/library.ts'
import { readNamed, writeRecord } from '../../../../src-main/compute/tensorflow/native/named.ts'
import { providePackage } from '../../../../src-main/compute/tensorflow/native/package.ts'
import { program, scratch, wheel, write } from './folders.ts'

describe.skipIf(process.platform !== 'linux')('a TensorFlow that a person named', () => {
  let settings: string
  let place: string
  let library: Library

  beforeEach(async () => {
    settings = scratch()
    place = join(settings, 'tensorflow')
    mkdirSync(place, { mode: 0o700 })
    write(join(place, 'tfjs_binding.node'), 'code')
    write(join(place, 'dist/kernels/Add.js'), 'code')
    library = await findLibrary(wheel())
    await writeRecord(place, library)
  })

  it('is read as it was named', async () => {
    expect(await readNamed(settings)).toEqual({ place, folder: library.folder })
    expect(await readNamed(scratch())).toBeNull()
  })

  it('is refused once its library is another one or gone', async () => {
    utimesSync(library.files[0]!, 1, 1)
    await expect(readNamed(settings)).rejects.toMatchObject({ message: expect.stringContaining('has changed') as unknown, hint: expect.stringContaining('--native') as unknown }) // prettier-ignore
    const none = { ...library, files: [write(join(scratch(), 'libtensorflow_cc.so.2'))] }
    await writeRecord(place, none)
    chmodSync(none.files[0]!, 0o644)
    await writeRecord(place, none)
    write(join(place, 'named.json'), JSON.stringify({ package: '4.22.0', folder: '/gone', files: [{ path: '/gone/a.so', bytes: 1, modified: 1 }], code: '' })) // prettier-ignore
    await expect(readNamed(settings)).rejects.toThrow('no longer in /gone')
  })

  it('is refused once a kernel, the binding or the record was changed or planted', async () => {
    appendFileSync(join(place, 'dist/kernels/Add.js'), ';planted()')
    await expect(readNamed(settings)).rejects.toThrow('has changed since it was compiled')
    await writeRecord(place, library)
    writeFileSync(join(place, 'dist/planted.js'), 'planted()')
    await expect(readNamed(settings)).rejects.toThrow('has changed since it was compiled')
    writeFileSync(join(place, 'named.json'), '{')
    await expect(readNamed(settings)).rejects.toThrow('is damaged')
  })

  it('is refused where others may change what is kept of it', async () => {
    for (const mode of [0o770, 0o707]) {
      chmodSync(place, mode)
      await expect(readNamed(settings)).rejects.toThrow('may be changed by others')
    }
  })

  it('is refused where every user of the machine may put another library in its place', async () => {
    chmodSync(library.folder, 0o777)
    await expect(readNamed(settings)).rejects.toMatchObject({ message: expect.stringContaining(library.folder) as unknown, hint: expect.stringContaining('chmod o-w') as unknown }) // prettier-ignore
    chmodSync(library.folder, 0o755)
    chmodSync(library.files[1]!, 0o666)
    await expect(requireGuarded(library.files[1]!)).rejects.toThrow('Every user of this machine may change')
    // As in /tmp: others may add files there, but not replace this one.
    chmodSync(library.files[1]!, 0o644)
    chmodSync(library.folder, 0o1777)
    await requireGuarded(library.files[1]!)
  })
})

describe('the sources of the binding', () => {
  it("are taken from the program's own package, without its tests", async () => {
    const into = scratch()
    await providePackage([], into, program())
    write(join(into, 'dist/kernels/Add.js'))
    expect(() => write(join(into, 'binding/tfjs_binding.cc'))).not.toThrow()
  })

  it('are refused from an archive that is not the released one, and asked for where there is none', async () => {
    const nowhere = new URL(`file://${join(scratch(), 'program.js')}`).href
    const folder = scratch()
    await expect(providePackage([folder], scratch(), nowhere)).rejects.toMatchObject({
      code: 'refused',
      hint: expect.stringContaining('npm pack @tensorflow/tfjs-node@4.22.0') as unknown,
    })
    write(join(folder, 'tensorflow-tfjs-node-4.22.0.tgz'), 'planted')
    await expect(providePackage([folder], scratch(), nowhere)).rejects.toThrow('not the archive that was released')
  })
})
