import tseslint from 'typescript-eslint';

const time = [
  { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
  { object: 'process', property: 'exit', message: 'Only main.ts ends the process.' },
  { object: 'process', property: 'env', message: 'Only main.ts reads the environment.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.build/',
      'node_modules/',
      'runner/generated/',
      '.pushpals/',
      'ops/',
      '.dependency-cruiser.cjs',
    ],
  },
  {
    files: ['runner/**/*.ts', 'tests/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-empty': 'error',
      // It takes a variable that a closure changes for a constant.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // What is put into text has been checked to be text by a schema, and characters are counted as code points on purpose.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' }],
    },
  },
  {
    // What a test hands around are objects of closures.
    files: ['tests/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['runner/**/*.ts'],
    rules: { 'max-lines': ['error', 320] },
  },
  {
    files: ['runner/{core,app,cli,adapters}/**/*.ts'],
    ignores: ['runner/adapters/clock.ts'],
    rules: { 'no-restricted-properties': ['error', ...time] },
  },
);
