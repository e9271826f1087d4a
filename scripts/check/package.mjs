/** Whether the package that `npm pack` makes is one that every tool can install and run. */
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { readFileSync } from 'node:fs';
import { buildProgram } from '../build.mjs';

await buildProgram();
const { messages } = await publint({ pkgDir: '.', strict: true });
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
for (const message of messages) console.log(formatMessage(message, manifest, { color: false }));
process.exitCode = messages.length === 0 ? 0 : 1;
