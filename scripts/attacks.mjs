/**
 * Makes every attack of `tests/attacks/` on this machine, and prints a table of attack and driver.
 *
 *     npm run attacks [-- word …]     only attacks whose file’s path holds one of the words
 */
import { install } from './install.mjs';

install();
const { buildProgram } = await import('./build.mjs');
const { runBundled } = await import('./test/run-bundled.mjs');
await buildProgram();
process.exitCode = await runBundled('tests/attacks/command.ts', process.argv.slice(2));
