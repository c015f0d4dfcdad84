/** Folders as TensorFlow is handed out in, with libraries that have a head and nothing else. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The first bytes of a shared library for this machine, or for the ELF machine of the given number. */
export function head(machine = process.arch === 'arm64' ? 183 : 62): Buffer {
  const bytes = Buffer.alloc(64)
  bytes.write('\x7fELF', 'latin1')
  bytes.writeUInt16LE(machine, 18)
  return bytes
}

export function write(file: string, content: string | Buffer = ''): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'causalscope-own-tensorflow-'))

/** An unpacked wheel; `version` is in the name of its record, as headers of new versions do not have it. */
export function wheel(version = '2.21.0', machine?: number): string {
  const folder = scratch()
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
    write(join(folder, 'tensorflow', name), head(machine))
  write(join(folder, 'tensorflow/include/tensorflow/c/eager/c_api.h'))
  write(join(folder, `tensorflow_cpu-${version}.dist-info/METADATA`))
  return folder
}

/** The C library as its archive unpacks. */
export function cLibrary(version = '2.18.0'): string {
  const folder = scratch()
  for (const name of ['libtensorflow', 'libtensorflow_framework']) {
    write(join(folder, 'lib', `${name}.so.${version}`), head())
    symlinkSync(`${name}.so.${version}`, join(folder, 'lib', `${name}.so.2`))
  }
  write(join(folder, 'include/tensorflow/c/eager/c_api.h'))
  return folder
}

/** A program with the packages that a binding is made from; their code does nothing. Answers the URL of a file of it. */
export function program(): string {
  const root = scratch()
  const modules = join(root, 'node_modules')
  write(join(root, 'package.json'), '{ "name": "causalscope" }')
  write(join(modules, '@tensorflow/tfjs-node/package.json'), '{ "version": "4.22.0", "main": "dist/index.js" }')
  for (const name of ['index.js', 'proto/api_pb.js', 'kernels/Add.js', 'kernels/Add_test.js'])
    write(join(modules, '@tensorflow/tfjs-node/dist', name), '// kernel')
  for (const name of ['tfjs_backend.cc', 'tfjs_binding.cc'])
    write(join(modules, '@tensorflow/tfjs-node/binding', name), '// source')
  write(join(modules, 'node-api-headers/package.json'), '{ "main": "index.js" }')
  write(join(modules, 'node-api-headers/index.js'))
  write(join(modules, 'node-api-headers/include/node_api.h'))
  return new URL(`file://${join(root, 'program.js')}`).href
}

/** A compiler that does as the script says. */
export function compiler(script: string): string {
  const file = write(
    join(scratch(), 'c++'),
    `#!/bin/sh\nif [ "$1" = --version ]; then echo c++ 1; exit 0; fi\n${script}\n`,
  )
  return file
}
