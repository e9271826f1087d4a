/**
 * Keeps what is always loaded together in one file. esbuild writes a chunk for each set of entries that share something, and every module of ours
 * that is loaded when it is first needed is an entry: the composition came in forty files, each of which costs half a millisecond to find, read and link. What
 * is only ever loaded after another entry says so here, so that the sets become few.
 */
import { resolve } from 'node:path';

const NAMESPACE = 'grouped';
/** What nearly every command uses. */
const COMMON = ['runner/compose.ts', 'runner/app/orders.ts'];

/** What starts without the composition, or before it. What is missing here is merely slower to start. */
const ALONE = /^(listr2|node:.*|.*\/(compose|idle|commands\/(completion|help|install|tick|version))\.js)$/;

/** @type {import('esbuild').Plugin} */
export const grouped = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, namespace }) => {
      if (kind !== 'dynamic-import' || namespace === NAMESPACE || importer.includes('node_modules') || ALONE.test(path))
        return undefined;
      const found = await build.resolve(path, { kind: 'import-statement', importer, resolveDir });
      if (found.errors.length > 0) return found;
      return { path: found.path, namespace: NAMESPACE };
    });
    build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
      contents: [
        ...COMMON.map((common) => `import ${JSON.stringify(resolve(common))};`),
        `export * from ${JSON.stringify(path)};`,
      ].join('\n'),
      resolveDir: resolve('.'),
    }));
  },
};
