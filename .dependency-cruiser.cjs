/** The floors: cli → app → core; adapters → app/ports and core; only compose.ts and idle.ts, which main.ts loads, see adapters. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^runner/core/' },
      to: { path: '^runner/', pathNot: '^runner/(core|generated)/' },
    },
    {
      name: 'core-uses-no-node',
      severity: 'error',
      from: { path: '^runner/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'app-uses-core',
      severity: 'error',
      from: { path: '^runner/app/' },
      to: { path: '^runner/', pathNot: '^runner/(app|core|generated)/' },
    },
    { name: 'app-uses-no-node', severity: 'error', from: { path: '^runner/app/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'adapters-see-ports-only',
      severity: 'error',
      from: { path: '^runner/adapters/' },
      to: {
        path: '^runner/',
        pathNot: '^runner/(adapters|core|generated)/|^runner/app/ports/',
      },
    },
    {
      name: 'cli-uses-app',
      severity: 'error',
      from: { path: '^runner/cli/' },
      to: { path: '^runner/', pathNot: '^runner/(cli|app|core|generated)/' },
    },
    {
      name: 'main-is-the-root',
      severity: 'error',
      from: { path: '^runner/', pathNot: '^runner/main\\.ts$' },
      to: { path: '^runner/main\\.ts$' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  },
};
