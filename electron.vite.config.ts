/**
 * electron-vite: the page as both hosts have it, the preload script as one file that the sandbox can load, and the main
 * process module by module, so that every file that starts a process finds its neighbour where it is in the source tree.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { pageConfig } from './build/page-config.ts'

const root = import.meta.dirname
const modules = globSync('src-main/**/*.ts', {
  cwd: root,
  exclude: ['src-main/**/assembly/**', 'src-main/**/*.d.ts', 'src-main/host/electron/preload.ts'],
})

/** `new URL('./trainer.ts', import.meta.url)` names a source file; what was built is called .js. */
const builtNames: Plugin = {
  name: 'causalscope:built-names',
  enforce: 'pre',
  transform: (code) => code.replace(/(new URL\(\s*'[^']+)\.ts('\s*,\s*import\.meta\.url)/g, '$1.js$2'),
}

export default defineConfig({
  main: {
    plugins: [builtNames],
    build: {
      outDir: join(root, 'out', 'main'),
      target: 'node24',
      minify: false,
      externalizeDeps: true,
      rolldownOptions: {
        input: Object.fromEntries(modules.map((file) => [file.replace(/\.ts$/, ''), join(root, file)])),
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: root,
          entryFileNames: '[name].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: join(root, 'out', 'preload'),
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        input: join(root, 'src-main', 'host', 'electron', 'preload.ts'),
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: pageConfig(root),
})
