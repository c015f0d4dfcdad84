import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findLibrary } from '../../../../src-main/compute/tensorflow/native/library.ts'
import { verdictOn } from '../../../../src-main/compute/tensorflow/native/version.ts'
import { cLibrary, head, scratch, wheel, write } from './folders.ts'

/** What a folder is refused with: message and hint. */
async function refusal(folder: string): Promise<string> {
  const error = await findLibrary(folder).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ code: 'refused' })
  const { message, hint } = error as { message: string; hint: string }
  return `${message} ${hint}`
}

describe.skipIf(process.platform !== 'linux')('a folder with TensorFlow', () => {
  it('is known as an unpacked wheel, by its own folder, the one above or an environment', async () => {
    const above = wheel('2.21.0')
    const expected = { folder: realpathSync(join(above, 'tensorflow')), layout: 'a Python wheel', version: '2.21.0' }
    expect(await findLibrary(above)).toMatchObject(expected)
    expect(await findLibrary(join(above, 'tensorflow'))).toMatchObject(expected)
    const environment = scratch()
    const installed = join(environment, 'lib/python3.11/site-packages')
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
      write(join(installed, 'tensorflow', name), head())
    write(join(installed, 'tensorflow/include/tensorflow/c/eager/c_api.h'))
    write(join(installed, 'tensorflow-2.20.0rc1.dist-info/METADATA'))
    expect(await findLibrary(environment)).toMatchObject({ version: '2.20.0rc1' })
  })

  it('is known as the C library, its version by the name of the file that the link leads to', async () => {
    const folder = cLibrary('2.18.0')
    const found = await findLibrary(folder)
    expect(found).toMatchObject({ layout: 'the C library', version: '2.18.0' })
    expect(found.files[0]).toBe(realpathSync(join(folder, 'lib/libtensorflow.so.2.18.0')))
  })

  it('tells its version by the headers where they have it', async () => {
    const folder = wheel('2.99.0')
    const lines = ['#define TF_MAJOR_VERSION 2', '#define TF_MINOR_VERSION 16', '#define TF_PATCH_VERSION 2']
    write(join(folder, 'tensorflow/include/tensorflow/core/public/version.h'), lines.join('\n'))
    expect(await findLibrary(folder)).toMatchObject({ version: '2.16.2' })
  })

  it('is refused without headers, or for another processor or system', async () => {
    const bare = wheel()
    rmSync(join(bare, 'tensorflow/include'), { recursive: true })
    expect(await refusal(bare)).toMatch(/no headers.*include\//)
    expect(await refusal(wheel('2.21.0', process.arch === 'arm64' ? 62 : 183))).toMatch(/another processor/)
    const text = wheel()
    write(join(text, 'tensorflow/libtensorflow_cc.so.2'), 'version https://git-lfs.github.com/spec/v1')
    expect(await refusal(text)).toMatch(/no library of Linux/)
    const mac = scratch()
    write(join(mac, 'lib/libtensorflow.2.dylib'))
    expect(await refusal(mac)).toMatch(/another system.*Linux/)
  })

  it('that is none is refused with what is there instead', async () => {
    const folder = scratch()
    expect(await refusal(join(folder, 'nowhere'))).toMatch(/no folder/)
    expect(await refusal(folder)).toMatch(/no TensorFlow library.*unpacked wheel.*C library/)
    expect(await refusal(write(join(folder, 'notes.txt')))).toMatch(/is a file/)
    expect(await refusal(write(join(folder, 'libtensorflow-cpu-linux-x86_64.tar.gz')))).toMatch(/still packed/)
    const packed = write(join(folder, 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl'))
    expect(await refusal(packed)).toMatch(/wheel that is still packed.*unzip/)
    expect(await refusal(folder)).toMatch(/wheel that is still packed.*unzip/)
    const old = scratch()
    mkdirSync(join(old, 'tensorflow'))
    write(join(old, 'tensorflow/libtensorflow_framework.so.2'), head())
    expect(await refusal(old)).toMatch(/without its C API.*2\.12/)
  })
})

describe('a version of TensorFlow', () => {
  it.each(['2.12.0', '2.16.2', '2.21.0'])('%s was tried', (version) => {
    expect(verdictOn(version)).toEqual({ accepted: true, words: 'a version that was tried' })
  })

  it.each([
    ['2.9.1', 'among the versions'],
    ['2.18.0-rc1', 'among the versions'],
    ['2.30.0', 'newer than the versions'],
  ])('%s is %s that were tried, and its numbers decide', (version, words) => {
    expect(verdictOn(version)).toMatchObject({ accepted: true, words: expect.stringContaining(words) as unknown })
  })

  it.each([
    ['1.15.5', 'older'],
    ['2.8.4', 'older'],
    ['3.0.0', 'newer'],
    ['two', 'no version'],
  ])('%s is refused as %s', (version, words) => {
    const verdict = verdictOn(version)
    expect(verdict).toMatchObject({ accepted: false, words: expect.stringContaining(words) as unknown })
    expect(verdict).toMatchObject({ hint: expect.stringContaining('2.21.0') as unknown })
  })
})
