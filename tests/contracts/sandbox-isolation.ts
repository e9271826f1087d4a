import * as assert from 'uvu/assert';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newMark, processesWith, type Opened, type SandboxTraits, type SpecMore } from './sandbox-rig.js';

/** What every driver that isolates must hold beside. `test` opens a sandbox and names the driver. */
export function isolationContract(
  test: (what: string, run: (opened: Opened) => Promise<void>, more?: SpecMore) => void,
  { countsRefusals }: SandboxTraits,
): void {
  test('what it reads from cannot be written', async ({ run, workspace }) => {
    for (const command of [
      'touch /pushpals/in/x',
      'rm /pushpals/in/order.json',
      'echo x > /pushpals/in/order.json',
      'touch /objects/0/x',
      'rm -r /objects/0/*',
      'touch /x',
      'touch /bin/x',
      'touch /etc/x',
      'echo x >> /etc/passwd',
    ]) {
      assert.is.not((await run(command)).exitCode, 0, command);
    }
    assert.ok(existsSync(join(workspace.inDir, 'order.json')));
  });

  test('.git stays what it is', async ({ run, workspace }) => {
    for (const command of [
      'rm -f .git',
      'rm -rf .git',
      'mv .git x',
      'echo x > .git',
      'ln -sf /tmp .git',
      'mv /workspace /x',
      'mkdir d && mv d .git',
      'chmod 777 .git && echo x > .git',
    ]) {
      assert.is.not((await run(command)).exitCode, 0, command);
    }
    assert.is(readFileSync(join(workspace.dir, '.git'), 'utf8'), 'gitdir: /git\n');
  });

  test('a listener of the host is out of reach', async ({ run }) => {
    const server = createServer((socket) => socket.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    try {
      const port = String(address.port);
      const end = await run(
        `cat /proc/net/route /proc/net/dev | grep -c eth; (echo | nc -w 2 127.0.0.1 ${port} || busybox nc -w 2 127.0.0.1 ${port} || wget -T 2 -O - http://127.0.0.1:${port}) 2>&1; true`,
      );
      assert.not.match(end.output, /reached/);
      assert.match(end.output, /^0$/m);
    } finally {
      server.close();
    }
  });

  test('files of the host cannot be read', async ({ run, workspace }) => {
    const canary = join(workspace.home, 'canary');
    writeFileSync(canary, 'the-canary', { mode: 0o644 });
    const end = await run(
      `cat '${canary}' /etc/shadow /root/.bashrc /proc/1/root${canary} ../canary; ls '${workspace.home}' /home /root /var/run/docker.sock /run/docker.sock; true`,
    );
    assert.not.match(end.output, /the-canary|root:\*|root:\$/);
    assert.not.match(end.output, /repository|docker\.sock$/m);
  });

  test('it sees no process but its own', async ({ run }) => {
    const end = await run(
      'cat /proc/[0-9]*/cmdline | tr "\\0" " "; echo; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"; ls /proc | grep -c "^[0-9]"',
      { env: { OWN: 'own' } },
    );
    const processes = Number(end.output.trim().split('\n').at(-1));
    assert.ok(processes > 0 && processes < 12, end.output);
    assert.not.match(end.output, /node |dockerd|containerd|npm_/);
  });

  test('it has no rights to speak of', async ({ run, workspace }) => {
    const { output } = await run(
      'grep -E "^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs|Uid):" /proc/self/status; id -u',
    );
    for (const set of ['CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) assert.match(output, new RegExp(`^${set}:\\t0+$`, 'm'));
    assert.match(output, /^NoNewPrivs:\t1$/m);
    assert.not.match(output, /^0$/m);
    for (const command of [
      'mount -t tmpfs tmpfs /tmp',
      'mknod /workspace/null c 1 3',
      'chown 0:0 README.md',
      'hostname x',
      'kill -9 1 && test ! -d /proc/1',
    ]) {
      assert.is.not((await run(command)).exitCode, 0, command);
    }
    assert.not.ok(existsSync(join(workspace.dir, 'null')));
  });

  test('nothing of one command is left for the next but the work tree', async ({ run }) => {
    await run('export LEFT=1; cd /tmp; umask 000; touch /workspace/.bashrc');
    assert.is((await run('pwd; umask; echo "[$LEFT]"')).output, '/workspace\n0022\n[]\n');
  });

  test('a step has no more processes than it may have', async ({ run, spec }) => {
    const mark = newMark();
    const script = `for i in $(seq ${String(spec.limits.pids * 2)}); do sleep ${mark} & done; echo got them all`;
    const end = await run(script, { timeoutMs: 20_000 });
    assert.is.not(end.exitCode, 0);
    assert.not.match(end.output, /got them all/);
    assert.equal(end.exceeded, countsRefusals ? { limit: 'pids', most: spec.limits.pids, used: null } : null);
    assert.equal(processesWith(mark), []);
  });

  test('a fork bomb ends its own step only', async ({ run }) => {
    const mark = newMark();
    const end = await run(
      `bomb() { bomb | bomb & }; bomb; sleep 1; i=0; while [ $i -lt 200 ]; do sleep ${mark} & i=$((i + 1)); done; wait`,
      { timeoutMs: countsRefusals ? 60_000 : 4000 },
    );
    assert.ok(end.timedOut || end.exitCode !== 0, JSON.stringify(end));
    if (countsRefusals) assert.is(end.exceeded?.limit, 'pids', JSON.stringify(end));
    assert.equal(processesWith(mark), []);
    assert.is((await run('echo again')).output, 'again\n');
  });

  test('the temporary folder is bounded', async ({ run }) => {
    assert.is.not((await run('head -c 200000000 /dev/zero > /tmp/big')).exitCode, 0);
    assert.is((await run('echo again')).output, 'again\n');
  });

  test('a process that forks away from whoever looks does not outlive its step', async ({ run, workspace }) => {
    // Each one lives for a moment only and starts the next; the shell that would end them is ended first.
    const hop = 'date > alive; sh hop & exit';
    await run(`echo '${hop}' > hop; setsid sh hop; while ! test -e alive; do :; done; kill -9 $PPID`, {
      timeoutMs: 20_000,
    });
    const last = statSync(join(workspace.dir, 'alive')).mtimeMs;
    await run('sleep 0.5');
    assert.is(statSync(join(workspace.dir, 'alive')).mtimeMs, last);
  });
}
