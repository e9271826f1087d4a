import { build } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The tables that the program itself has as data: its commands, and what to do about each class of failures; and those that its
 * attacks have.
 * @returns {Promise<{ commandReference: string, failureGuide: string, attacks: { table: string, coverage: string } }>}
 */
export async function programTables() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { reference } from './runner/cli/help.ts';
        export { COMMANDS } from './runner/cli/command-table.ts';
        export { GUIDE } from './runner/core/failure-guide.ts';
        export { RECOVERY } from './runner/core/failure.ts';
        export { documents } from './tests/attacks/catalogue.ts';`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    external: ['./commands/*'],
    logLevel: 'error',
  });
  // In the project's own folder, where the packages are that the attacks use.
  mkdirSync('.build', { recursive: true });
  const file = join('.build', `program-tables-${String(process.pid)}.mjs`);
  writeFileSync(file, outputFiles[0]?.contents ?? '');
  try {
    const { reference, COMMANDS, GUIDE, RECOVERY, documents } = await import(pathToFileURL(file).href);
    return {
      commandReference: reference(COMMANDS),
      failureGuide: guideTable(GUIDE, RECOVERY),
      attacks: await documents(),
    };
  } finally {
    rmSync(file);
  }
}

/** What happens to the order, by how its failure recovers. */
const GOES_ON = /** @type {Record<string, string>} */ ({
  retry: 'tried again, if `budget.attempts` allows',
  'after-change': 'after somebody changed a file',
  wait: 'by itself, once it is mended',
  never: 'no',
});

/**
 * @param {Record<string, { means: string, next: string }>} guide
 * @param {Record<string, string>} recovery
 */
function guideTable(guide, recovery) {
  const rows = Object.entries(guide).map(
    ([name, { means, next }]) => `| \`${name}\` | ${means} | ${next} | ${GOES_ON[recovery[name] ?? ''] ?? ''} |`,
  );
  return ['| class | what it means | what to do | goes on |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
