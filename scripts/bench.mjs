/**
 * Measures the program against the physical limit or a peer, as ratios taken in one run.
 *
 *     npm run bench                        every row
 *     npm run bench -- idle docker         rows whose name holds one of the words
 *     npm run bench -- --quick             smaller amounts, fewer rounds
 *     npm run bench -- --json FILE         the figures as JSON as well
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { install } from './install.mjs';

install();
const { buildProgram } = await import('./build.mjs');
await buildProgram();
const { removeFolders } = await import('./bench/repository.mjs');

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
  allowPositionals: true,
});
/** A median of at least seven, but for rows that say so. */
const options = { quick: values.quick, times: values.quick ? 3 : 7 };

/** @type {import('./bench/measure.mjs').Measured[]} */
const rows = [];
for (const file of readdirSync(new URL('bench/rows', import.meta.url)).sort()) {
  const { name, against, budget, measure } = await import(`./bench/rows/${file}`);
  if (positionals.length > 0 && !positionals.some((word) => name.includes(word))) continue;
  process.stderr.write(`${name} …\n`);
  try {
    rows.push({ name, against, budget, ...(await measure(options)) });
  } catch (error) {
    rows.push({
      name,
      against,
      budget,
      skipped: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    });
    process.exitCode = 1;
    console.error(error);
  } finally {
    removeFolders();
  }
}

/** @param {number | undefined} ms */
const time = (ms) => (ms === undefined ? '' : ms < 100 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);
console.log(`Node ${process.versions.node}, ${cpus().length} processors${options.quick ? ', quick' : ''}\n`);
console.log('| what | against | ours | theirs | ratio | budget | |');
console.log('|---|---|---|---|---|---|---|');
for (const { name, against, budget, ours, theirs, ratio, note, skipped } of rows) {
  const verdict = skipped !== undefined ? `not measured: ${skipped}` : (ratio ?? 0) > budget ? '**missed**' : 'holds';
  const cells = [
    name,
    against,
    time(ours),
    time(theirs),
    ratio?.toFixed(2) ?? '',
    `≤ ${budget}`,
    [verdict, note].filter(Boolean).join('; '),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ node: process.versions.node, ...options, rows }, null, 2)}\n`);
