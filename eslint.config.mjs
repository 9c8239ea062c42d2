// @ts-check
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom: the table of layers that docs/architecture.md draws.
 * `azure` says whether the layer may hold Azure clients; the others may only name their types.
 */
const LAYERS = {
  'shared/model': { imports: [], azure: false },
  'shared/config': { imports: ['shared/model'], azure: false },
  'shared/collect': { imports: ['shared/model', 'shared/config'], azure: true },
  'shared/checks': { imports: ['shared/model'], azure: false },
  'shared/evaluate': { imports: ['shared/model'], azure: false },
  'shared/compare': { imports: ['shared/model'], azure: false },
  'shared/state': { imports: ['shared/model'], azure: true },
  'shared/publish': { imports: ['shared/model'], azure: true },
  'shared/run': {
    imports: ['model', 'config', 'collect', 'checks', 'evaluate', 'compare', 'state', 'publish'].map(
      (layer) => `shared/${layer}`,
    ),
    azure: true,
  },
  functions: { imports: ['shared/run'], azure: true },
  cli: { imports: ['shared/run', 'shared/model', 'shared/config', 'shared/checks'], azure: false },
  simulator: { imports: [], azure: false },
};

/** Pure layers take time and input as arguments, so that the same input always gives the same output. */
const PURE = ['shared/model', 'shared/checks', 'shared/evaluate', 'shared/compare'];

const PURE_IMPORTS = [
  { group: ['node:*', '!node:util', '!node:crypto'], message: 'Pure layers do no I/O.' },
  { group: ['node:crypto'], allowImportNames: ['createHash'], message: 'Pure layers are deterministic.' },
];

const layerRules = Object.entries(LAYERS).map(([layer, { imports, azure }]) => {
  const forbidden = [
    ...Object.keys(LAYERS).filter((other) => other !== layer && !imports.includes(other)),
    'test',
    'scripts',
  ];
  // With or without a file behind it: a folder stands for its index.ts.
  const regex = `^(\\.\\./)+(shared/)?(${forbidden.map((name) => name.replace('shared/', '')).join('|')})(/|$)`;
  const message = `${layer} may import: ${imports.join(', ') || 'no other layer'}.`;
  return {
    name: `layer/${layer}`,
    files: [`${layer}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex, message },
            ...(azure
              ? []
              : [{ group: ['@azure/*'], allowTypeImports: true, message: `${layer} knows no Azure client.` }]),
            ...(PURE.includes(layer) ? PURE_IMPORTS : []),
          ],
        },
      ],
    },
  };
});

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.demo/']),
  {
    files: ['**/*.{js,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        ...{ module: 'writable', console: 'readonly', process: 'readonly', require: 'readonly' },
        ...{ fetch: 'readonly', URL: 'readonly' },
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      curly: 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      complexity: ['error', 12],
    },
  },
  {
    name: 'layers/no-way-around',
    files: ['shared/**/*.ts', 'functions/**/*.ts', 'cli/**/*.ts', 'simulator/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'Layers are held by static imports.' },
      ],
    },
  },
  ...layerRules,
  {
    name: 'pure-layers',
    files: PURE.map((layer) => `${layer}/**/*.ts`),
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'performance',
          'crypto',
          'globalThis',
          'global',
          'require',
        ],
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'Layers are held by static imports.' },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Pure layers are given the time.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Pure layers are given the time.',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Pure layers are deterministic.',
        },
      ],
    },
  },
  {
    name: 'tests',
    files: ['test/**/*.test.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: { 'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'describeCheck', 'fc.assert'] }] },
  },
  { name: 'printing', files: ['scripts/**/*.ts'], rules: { 'no-console': 'off' } },
  prettier,
);
