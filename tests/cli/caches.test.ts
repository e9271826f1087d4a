// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { makeProject } from './program.js';

const PROJECT = (driver: string): string =>
  `version: 1\nproject: test\nsandbox: { driver: ${driver}${driver === 'docker' ? ', image: "pushpals-test:1"' : ''} }\n`;
const FORMULA = `formula: fix
version: 1
steps:
  - id: fill
    cache: { path: ~/.cache/tool, key: [src/a.txt, lock] }
    run: |
      cat ~/.cache/tool/mark 2>/dev/null || echo nothing there
      echo "$PUSHPALS_ORDER" >> ~/.cache/tool/mark
      echo "$PUSHPALS_ORDER" > src/b.txt
  - { id: fails, needs: [fill], continue-on-failure: true, cache: { path: ~/.other, key: lock }, run: "echo x > ~/.other/x; exit 1" }
  - { id: other, needs: [fails], run: "ls ~/.cache/tool || echo no cache" }
  - { id: ship, needs: [other], ship: {} }
`;

for (const driver of ['docker', 'bubblewrap'] as const)
  needs(driver, test)(
    `${driver}: what a step leaves in its cache the next run finds, until the key changes`,
    async () => {
      const project = await makeProject(driver);
      await project.commit({
        'pushpals.yml': PROJECT(driver),
        'policy/policy.yml': 'version: 1\ndefault: low\n',
        'formulas/fix.yml': FORMULA,
        lock: '1\n',
      });
      const run = async (order: string): Promise<string> => {
        await project.write(`ops/inbox/${order}.yml`, `goal: ${order}\nformula: fix\n`);
        const tick = await project.pushpals(['tick']);
        assert.is(tick.exitCode, 0, tick.stderr);
        return (await project.pushpals(['log', order])).stdout;
      };
      const first = await run('one');
      assert.match(first, /nothing there/);
      assert.match(first, /no cache/, 'a step that asks for none has none');
      assert.match(await run('two'), /^.*one$/m);
      // The rest is the same for every driver.
      if (driver === 'bubblewrap') {
        const third = await run('three');
        assert.match(third, /one/);
        assert.not.match(third, /two$/m, 'the first that wrote it wins');
        await project.commit({ lock: '2\n' });
        assert.match(await run('four'), /nothing there/);
        assert.is(
          (await project.shell('ls .pushpals/cache')).trim().split('\n').length,
          2,
          'a step that failed leaves nothing',
        );
      }
      await project.remove();
    },
  );

test.run();
