/** The named library in this process: both TensorFlow engines ask for it, and it can be loaded once. */
import { createRequire } from 'node:module'
import { failed } from '../../../../src-shared/errors.ts'
import { repairUtil } from '../util-helpers.ts'
import { readNamed } from './named.ts'
import { type Registered, registerNamed } from './register.ts'

type Loaded = Registered & { readonly folder: string }

let loading: Promise<Loaded> | undefined

async function load(): Promise<Loaded> {
  const named = await readNamed()
  if (named === null) throw failed('No TensorFlow is named.', 'Name one: causalscope engines --native FOLDER')
  repairUtil(createRequire(import.meta.url))
  return { ...registerNamed(named), folder: named.folder }
}

export function namedLibrary(): Promise<Loaded> {
  return (loading ??= load())
}
