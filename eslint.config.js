import globals from 'globals'
import importX from 'eslint-plugin-import-x'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

/**
 * Folders of src-main from the top of the house to the bottom. A folder imports from its own storey or below, never
 * from above; folders on one storey do not import one another. docs/architecture.md explains the order.
 */
const storeys = [
  ['cli'],
  ['app'],
  ['host'],
  ['services'],
  ['project', 'importers', 'export', 'cluster'],
  ['training'],
  ['models'],
  ['evaluation', 'evidence', 'compute'],
  ['datasets'],
  ['statistics'],
  ['kernels'],
]

const upward = storeys.flatMap((storey, level) =>
  storey.flatMap((folder) => {
    const above = storeys.slice(0, level).flat()
    const beside = storey.filter((other) => other !== folder)
    return [...above, ...beside].map((from) => ({
      target: `./src-main/${folder}`,
      from: `./src-main/${from}`,
      message: `${folder}/ lies below or beside ${from}/: imports point down.`,
    }))
  }),
)

const walls = [
  { target: './src-shared', from: ['./src-main', './src-renderer'], message: 'src-shared stands alone.' },
  { target: './src-renderer', from: './src-main', message: 'The page meets the host only in src-shared.' },
  { target: './src-main', from: './src-renderer', message: 'The host meets the page only in src-shared.' },
]

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'coverage', 'resources', 'tests/fixtures'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: ['tsconfig.node.json', 'tsconfig.web.json'],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: [...walls, ...upward] }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Index loops over typed arrays are the numeric code's idiom and its fastest form.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src-main/**/*.ts', 'src-shared/**/*.ts'],
    ignores: ['src-main/host/electron/**', 'src-main/main.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', message: 'Only host/electron and main.ts know Electron.' }] },
      ],
    },
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/compute/**', 'src-main/models/**', 'src-main/host/electron/**', 'src-main/main.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'electron', message: 'Only host/electron and main.ts know Electron.' }],
          patterns: [{ group: ['@tensorflow/*'], message: 'Tensors live in compute/ and models/ only.' }],
        },
      ],
    },
  },
  {
    files: ['src-shared/**/*.ts', 'src-renderer/**/*.{ts,svelte}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'No Node here.' }] }] },
  },
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  // AssemblyScript is another language, which its own compiler checks: nothing in it is TypeScript's to lint, and a list of
  // changed files may name it without a warning.
  { files: ['src-main/**/assembly/**'], processor: { preprocess: () => [], postprocess: () => [] } },
)
