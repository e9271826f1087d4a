import { build } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** The modules that are loaded before the program knows what it is asked for. */
async function loadedAtStart(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: ['runner/main.ts'],
    outdir: 'never-written',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['cpu-features', '*.node'],
    logLevel: 'error',
  });
  const entry = Object.keys(metafile.outputs).find((path) => path.endsWith('/main.js')) ?? '';
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const output = metafile.outputs[path];
    if (seen.has(path) || output === undefined) return;
    seen.add(path);
    for (const { path: next, kind } of output.imports) if (kind === 'import-statement') visit(next);
  };
  visit(entry);
  return [...seen].flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));
}

test('what only says words loads no adapter, no validator and none of the large packages', async () => {
  const loaded = await loadedAtStart();
  assert.ok(loaded.includes('runner/cli/command-table.ts'), loaded.join('\n'));
  const packages = new Set(loaded.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  assert.equal([...packages], ['fastest-levenshtein']);
  assert.equal(
    loaded.filter((path) => /^runner\/(adapters|app|generated|compose)/.test(path)),
    [],
  );
});

test.run();
