import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as v from 'valibot'

const root = join(import.meta.dirname, '../../..')
const manifest = v.parse(
  v.object({ dependencies: v.object({ node: v.string() }) }),
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
)

// npm puts node_modules/.bin before everything else on the path.
it.skipIf(process.env.npm_lifecycle_event === undefined)(
  `runs in the Node of the packages, here ${process.version}, whichever Node calls npm`,
  () => {
    expect(manifest.dependencies.node).toBe(`^${process.versions.node.split('.')[0]!}.0.0`)
    expect(process.execPath.startsWith(join(root, 'node_modules'))).toBe(true)
  },
)
