/**
 * Runs the whole of `app/` on simulated ports, many times over, each from a seed that decides everything.
 *
 *     npm run simulate -- --seeds 10000 [--from N]     prints each seed that failed, and seeds a second
 *     npm run simulate -- --seed N --trace             one seed, with everything that happens in it
 */
import { install } from './install.mjs';

install();
const { runBundled } = await import('./test/run-bundled.mjs');
process.exitCode = await runBundled('tests/simulation/command.ts', process.argv.slice(2));
