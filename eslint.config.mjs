import tseslint from 'typescript-eslint';

/** Time, randomness, environment and the end of the process come in as arguments. */
const OUTSIDE = [
  { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
  { object: 'process', property: 'exit', message: 'Only main.ts ends the process.' },
  { object: 'process', property: 'env', message: 'Only main.ts reads the environment.' },
];
const NEW_DATE = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time comes in as an argument.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Time comes in as an argument.' },
];
const SWALLOWED = [
  { selector: 'CatchClause > BlockStatement[body.length=0]', message: 'Catch by code, and rethrow the rest.' },
  {
    selector:
      'CallExpression[callee.property.name="catch"] > :matches(ArrowFunctionExpression, FunctionExpression) > BlockStatement[body.length=0]',
    message: 'Catch by code, and rethrow the rest.',
  },
];
const DEFAULT_EXPORT = [{ selector: 'ExportDefaultDeclaration', message: 'Name what you export.' }];
const LISTS = ['node:fs', 'node:fs/promises'].map((name) => ({
  name,
  importNames: ['readdirSync', 'readdir', 'opendirSync', 'opendir'],
  message: 'List what a step may have written by listFolder: not every name is text.',
}));
const STARTS = {
  name: 'node:child_process',
  importNames: ['spawn', 'spawnSync', 'fork', 'exec', 'execSync'],
  message: 'Start what a step may have a say in by spawnAlone: it gets nothing that the runner has open.',
};
const ONLY = [{ selector: 'MemberExpression[property.name="only"]', message: 'It would leave the other tests unrun.' }];
const UNUSED = ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }];

export default tseslint.config(
  {
    ignores: ['dist/', '.build/', 'node_modules/', 'runner/generated/', '.pushpals/', 'ops/', 'tests/fixtures/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['runner/**/*.ts', 'tests/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': UNUSED,
      'no-empty': 'error',
      // It takes a variable that a closure changes for a constant.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // What is put into text has been checked to be text by a schema, and characters are counted as code points on purpose.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-restricted-syntax': ['error', ...DEFAULT_EXPORT, ...SWALLOWED, ...ONLY],
    },
  },
  {
    files: ['tests/**/*.ts'],
    // Tests hand methods of fakes around.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['runner/**/*.ts'],
    rules: { 'max-lines': ['error', 320] },
  },
  {
    files: ['runner/{core,app,cli,adapters}/**/*.ts'],
    ignores: ['runner/adapters/clock.ts'],
    rules: {
      'no-restricted-properties': ['error', ...OUTSIDE],
      'no-restricted-syntax': ['error', ...DEFAULT_EXPORT, ...SWALLOWED, ...NEW_DATE],
    },
  },
  {
    files: ['runner/adapters/workspace/**/*.ts', 'runner/adapters/caches.ts'],
    // files.ts lists folders of our own.
    ignores: ['runner/adapters/workspace/{files,listing,remove-tree}.ts'],
    rules: {
      // What it lists as text may have another name.
      'no-restricted-imports': ['error', ...LISTS],
    },
  },
  {
    files: ['runner/adapters/sandbox/**/*.ts'],
    ignores: ['runner/adapters/sandbox/spawn-alone.ts'],
    rules: { 'no-restricted-imports': ['error', STARTS] },
  },
  {
    files: ['runner/{core,app,cli}/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'process', 'crypto', 'setTimeout', 'setInterval', 'setImmediate'] },
  },
  {
    files: ['runner/core/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'crypto',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'performance',
          'console',
          'fetch',
          'Buffer',
        ],
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': UNUSED,
      // Packages without types, and JSON.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      'no-restricted-syntax': ['error', ...DEFAULT_EXPORT, ...SWALLOWED],
    },
  },
);
