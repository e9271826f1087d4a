import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

/** A program of x86-64 that asks for 4096 bytes of shared memory (`shmget`), as a shell prints it; no image has one. */
const SHARES_MEMORY = [
  // An ELF header, one segment of all of it at 0x400000, and the code behind them.
  ...[0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[2, 0, 0x3e, 0, 1, 0, 0, 0, 0x78, 0, 0x40, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0x38, 0, 1, 0, 0, 0, 0, 0, 0, 0],
  ...[1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0],
  ...[0x95, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0],
  ...[0xb8, 29, 0, 0, 0, 0x31, 0xff, 0xbe, 0, 0x10, 0, 0, 0xba, 0x80, 3, 0, 0, 0x0f, 5],
  ...[0xb8, 60, 0, 0, 0, 0x31, 0xff, 0x0f, 5, 0],
]
  .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  .join('');

export const attack: Attack = {
  title: 'leaves a message queue, or shared memory, for the step that has the sandbox after it',
  story:
    'Queues and shared memory of System V and POSIX are no files of a folder that is emptied, and live on after every process has ended. A step that is to find its sandbox as new finds none of them.',
  by: 'script',
  except: { host: { notApplicable: 'a step shares all of it with whoever runs it' } },
  attempt: async ({ run, sandbox }) => {
    await run('touch /dev/mqueue/left 2>/dev/null; mkdir /dev/mqueue/folder 2>/dev/null; true');
    sandbox.renew();
    assert.not.match((await run('ls -A /dev/mqueue 2>/dev/null; true')).output, /left/);
    if (process.arch !== 'x64') return;
    const made = await run(
      `printf '${SHARES_MEMORY}' > share; chmod +x share; ./share && cat /proc/sysvipc/shm; rm share`,
    );
    assert.match(made.output, / 4096 /, 'it is left');
    sandbox.renew();
    assert.not.match((await run('cat /proc/sysvipc/shm')).output, / 4096 /);
  },
};
