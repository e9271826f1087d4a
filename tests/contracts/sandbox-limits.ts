import * as assert from 'uvu/assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MB, newMark, processesWith, type Opened, type SandboxTraits, type SpecMore } from './sandbox-rig.js';

/** Limits that hold on every driver: what a step is ended for, and that the next one goes on. */
export function limitsContract(
  test: (what: string, run: (opened: Opened) => Promise<void>, more?: SpecMore) => void,
  { isolates }: SandboxTraits,
): void {
  test(
    'endless output ends the step that prints it, and no more of it is handed on than the limit',
    async ({ run }) => {
      let bytes = 0;
      const mark = newMark();
      const end = await run(`sleep ${mark} & exec yes`, {
        onOutput: (chunk) => {
          bytes += chunk.length;
        },
      });
      assert.equal([end.exitCode, end.exceeded?.limit, end.exceeded?.most], [null, 'output', 4 * MB]);
      assert.is(bytes, 4 * MB);
      assert.equal(processesWith(mark), []);
      assert.is((await run('echo again')).output, 'again\n');
    },
    { limits: { outputBytes: 4 * MB } },
  );

  test(
    'a step that fills the disk is ended while it runs',
    async ({ run }) => {
      const mark = newMark();
      const script = (folder: string): string =>
        `sleep ${mark} & i=0; while :; do head -c 1000000 /dev/zero > "${folder}/fill-$i" || exit 9; i=$((i + 1)); sleep 0.005; done`;
      const end = await run(script('.'));
      assert.equal([end.exitCode, end.exceeded?.limit, end.exceeded?.most], [null, 'disk', 24 * MB]);
      assert.ok((end.exceeded?.used ?? 0) > 24 * MB, JSON.stringify(end));
      assert.equal(processesWith(mark), []);
      assert.is((await run('echo again')).output, 'again\n', 'what another command wrote is not counted');
    },
    { limits: { diskBytes: 24 * MB } },
  );

  test(
    'what was written too fast to be seen is found before anybody reads it, in the outputs too',
    async ({ run, sandbox }) => {
      const { out } = sandbox.paths;
      const end = await run(
        // Far more than the limit: whoever frees as much of the disk meanwhile hides it.
        `for i in 1 2 3 4; do head -c 24000000 /dev/zero > "${out}/big-$i"; done; head -c 24000000 /dev/zero > big`,
      );
      assert.equal([end.exceeded?.limit, end.exceeded?.most], ['disk', 24 * MB], JSON.stringify(end));
    },
    { limits: { diskBytes: 24 * MB } },
  );

  test(
    'a step that writes more files than it may is ended, also if their names are no text',
    async ({ run }) => {
      const end = await run(
        // It stays for a while: who frees as many files of the disk meanwhile hides them from one look, not from the next.
        `d="$(printf 'dir-\\377')"; mkdir "$d"; i=0; while [ $i -lt 1000 ]; do : > "$d/$i"; i=$((i + 1)); done; sleep 20`,
      );
      assert.equal([end.exceeded?.limit, end.exceeded?.most], ['files', 500], JSON.stringify(end));
    },
    { limits: { files: 500 } },
  );

  test(
    'a sparse file takes no disk, and what the step found there is not counted',
    async ({ run, workspace }) => {
      const end = await run(
        `dd if=/dev/zero of=sparse bs=1 count=1 seek=${String(20 * MB)} 2>/dev/null; head -c 20000000 /dev/zero > big`,
      );
      assert.equal([end.exitCode, end.exceeded], [0, null], end.output);
      assert.equal(
        [(await run('head -c 20000000 /dev/zero > more')).exceeded, existsSync(join(workspace.dir, 'big'))],
        [null, true],
      );
    },
    { limits: { diskBytes: 24 * MB } },
  );

  if (!isolates) return;
  test(
    'a single file larger than the limit is refused by the kernel',
    async ({ run }) => {
      const end = await run('sh -c "head -c 100000000 /dev/zero > big"; code=$?; ls -l big; exit $code');
      assert.equal([end.exitCode === 0, end.exceeded?.limit], [false, 'disk'], end.output);
      assert.match(end.output, new RegExp(` ${String(24 * MB)} `));
    },
    { limits: { diskBytes: 24 * MB } },
  );
}
