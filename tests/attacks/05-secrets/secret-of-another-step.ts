import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { CANARY } from '../canary.js';

export const attack: Attack = {
  title: 'reads the settings of the sandbox and of its own processes for what it was handed',
  story:
    'Secrets given to a container are found by `docker inspect`, in the arguments of its processes or in its image. A step that was handed one looks at the arguments of every process that it can see, and at what its sandbox was started with: it stands nowhere but in the environment of the command itself.',
  by: 'script',
  attempt: async ({ run, spec }) => {
    const secrets = [
      { name: 'TOKEN', value: CANARY, as: 'env' as const },
      { name: 'KEY', value: CANARY, as: 'file' as const },
    ];
    const script = `[ "$TOKEN" = "$(cat "$KEY_FILE")" ] && echo same
cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'; tr '\\0' '\\n' < /proc/1/environ 2>/dev/null; cat /pushpals/in/* 2>/dev/null; echo end`;
    const { output } = await run(script, { secrets });
    assert.match(output, /same[^]*end/);
    assert.not.ok(output.includes(CANARY));
    const { execFileSync } = await import('node:child_process');
    const running = execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' });
    assert.not.ok(running.includes(CANARY));
    assert.not.ok((await inspected(spec.run)).includes(CANARY));
    const after = await run('env; cat "$HOME"/.pushpals* 2>/dev/null; echo end');
    assert.match(after.output, /end/);
    assert.not.match(after.output, /^TOKEN=/m);
  },
};

/** All that the engine says of the containers of a run, where there is one and it has any. */
async function inspected(run: string): Promise<string> {
  const { default: Docker } = await import('dockerode');
  const { existsSync } = await import('node:fs');
  if (!existsSync('/var/run/docker.sock')) return '';
  const engine = new Docker({ socketPath: '/var/run/docker.sock' });
  const found = await engine.listContainers({ all: true, filters: { label: [`pushpals.run=${run}`] } });
  const told = await Promise.all(found.map(({ Id }) => engine.getContainer(Id).inspect()));
  return JSON.stringify([found, told]);
}
