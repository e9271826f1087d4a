import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

const PATHS = [
  '~/../../etc',
  '~/.npm/../..',
  '/etc',
  '~',
  '~/',
  '~root/x',
  'node_modules',
  '~/a b',
  '~/$(id)',
  "~/a'; id; '",
];

export const attack: Attack = {
  title: 'names a cache that lies outside of the step’s home',
  story:
    'A cache whose path climbs, is absolute or holds shell would be a way to the disk of the machine, or into the script of a step. Every such path is refused at its place in the file.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      for (const path of PATHS) {
        await target.write(
          'formulas/attack.yml',
          `formula: attack\nversion: 1\nsteps:\n  - id: a\n    run: "true"\n    cache: { path: ${JSON.stringify(path)}, key: README.md }\n`,
        );
        const { exitCode, stdout, stderr } = await target.pushpals(['validate']);
        assert.is(exitCode, 2, path);
        assert.match(stdout + stderr, /formulas\/attack\.yml:6/, path);
        assert.not.match(stdout + stderr, /has no caches/, path);
      }
    }),
};
