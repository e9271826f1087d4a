import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { corpus } from '../corpus.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'commits broken formulas beside a sound one, and then a broken policy and project file',
  story:
    'Somebody who may commit to the project breaks a formula, by accident or on purpose, in every way of the corpus. `validate` answers each with its file and line, a tick goes on with the formulas that are sound, and with a broken policy or project file nothing runs and the reason is said.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const place = async (path: string, bytes: Uint8Array): Promise<void> => {
        await mkdir(dirname(join(target.dir, path)), { recursive: true });
        await writeFile(join(target.dir, path), bytes);
      };
      const files = corpus('formula').filter(([name]) => name.endsWith('.yml'));
      for (const [name, bytes] of files) await place(`formulas/${name}`, bytes);
      await target.git('add', '.');
      await target.git('commit', '-q', '-m', 'break');
      const validated = await target.pushpals(['validate', '--json']);
      assert.is(validated.exitCode, 2, validated.stdout.slice(0, 2000));
      for (const [name] of files) assert.ok(validated.stdout.includes(name), `nothing is said of ${name}`);
      const { state, tick } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done', tick.stderr.slice(-3000));

      const before = await target.git('rev-parse', 'refs/heads/ops');
      for (const path of ['policy/policy.yml', 'pushpals.yml']) {
        const sound = await target.read(path);
        for (const [name, bytes] of corpus('project').filter(([name]) => name.endsWith('.yml'))) {
          await place(path, bytes);
          await target.git('commit', '-q', '-a', '-m', `break by ${name}`);
          const end = await target.pushpals(['tick']);
          assert.is(end.exitCode, 2, `${path} as ${name}: ${end.stderr.slice(0, 500)}`);
          assert.match(
            end.stderr,
            new RegExp(`${path.replace('.', '\\.')}:\\d+:\\d+|${path.replace('.', '\\.')}`),
            name,
          );
        }
        await place(path, Buffer.from(sound));
        await target.git('commit', '-q', '-a', '-m', 'mend');
      }
      assert.is(await target.git('rev-parse', 'refs/heads/ops'), before, 'nothing ran and nothing was written');
    }),
};
