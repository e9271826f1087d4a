import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

/** Files whose names begin with a dot are not orders. */
const OVERLOOKED = ['..yml', '.git.yml'];
const NAMES = [
  '--help.yml',
  '-rf.yml',
  '$(touch pwned).yml',
  '`touch pwned`.md',
  'a;touch pwned;.yml',
  'refs:heads:main.yml',
  'x'.repeat(200) + '.yml',
  'CON.yml',
  'a\\b.yml',
  '@{-1}.yml',
  'main.lock.yml',
  'ä\u202Egpj.yml',
  '\n.yml',
];

export const attack: Attack = {
  title: 'names an order’s file like an option, a ref, a device or a command',
  story:
    'The file’s name becomes the order’s id, and that a branch, a container and a path of evidence. Each file is taken in under a name that is safe everywhere, or rejected with why; every one is answered, and nothing is made that nobody asked for.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'formulas/attack.yml':
          'formula: attack\nversion: 1\nsteps: [{ id: a, run: "echo $PUSHPALS_ORDER > src/a.txt" }, { id: ship, needs: [a], ship: {} }]\n',
      });
      for (const [index, name] of [...NAMES, ...OVERLOOKED].entries())
        await target.write(
          `ops/inbox/${name}`,
          name.endsWith('.md')
            ? `# Go ${String(index)}\n`
            : `goal: Go ${String(index)}\nformula: attack\ndedupe: d${String(index)}\n`,
        );
      await target.pushpals(['tick']);
      const left = (await target.shell('ls -A ops/inbox'))
        .split('\n')
        .filter((name) => !['README.md', '.gitkeep', ''].includes(name));
      assert.equal(left.sort(), [...OVERLOOKED].sort());
      const refs = (await target.git('for-each-ref', '--format=%(refname)')).split('\n');
      for (const ref of refs)
        assert.match(ref, /^refs\/(heads\/(main|ops|pushpals\/[a-z0-9][a-z0-9._-]*)|pushpals\/[\x21-\x7e]+)$/);
      assert.is(await target.shell('ls -d pwned ops/pwned src/pwned 2>/dev/null; true'), '');
      const files = await target.opsFiles();
      const answered = files.filter(
        (path) => /^(done|failed|rejected|waiting|queue)\//.test(path) && !path.includes('README'),
      );
      assert.ok(answered.length >= NAMES.length, files.join('\n'));
    }),
};
