// deadline: 180s
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { SANDBOX, makeProject, type Project } from './program.js';

interface Report {
  readonly ok: boolean;
  readonly findings: readonly { check: string; state: string; found: string; mend?: string }[];
}

const examine = async (project: Project, env: Record<string, string> = {}): Promise<Report & { exitCode: number }> => {
  const { exitCode = -1, stdout } = await project.pushpals(['doctor', '--json'], { env });
  return { ...(JSON.parse(stdout) as Report), exitCode };
};
const of = ({ findings }: Report, check: string): Report['findings'][number] | undefined =>
  findings.find((finding) => finding.check === check);

test('a sound set-up, as a person sees it', async () => {
  const project = await makeProject('host');
  await project.commit({
    'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host }\ncommands: { test: "sh test.sh" }\n',
  });
  await project.pushpals(['tick']);
  const { exitCode, stdout } = await project.pushpals(['doctor']);
  // What other drivers enforce depends on the machine.
  const table =
    /\n\nwhat is enforced here {2}docker +bubblewrap +host\nisolation +container +process +none\n[^]*(?=\n\n)/;
  assert.match(stdout, table);
  assert.match(stdout, /\nhost: steps run with your rights, your files and your network/);
  const steady = stdout
    .replace(table, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'NOW')
    .replace(/\d+\.\d+\.\d+/g, 'VERSION')
    .replace(/[\d.]+ [GM]B/, 'SOME GB')
    .replace(/\d+ s ago/g, 'N s ago');
  assert.is(
    steady,
    `ok    git            VERSION
ok    node           VERSION
ok    project        pushpals.yml, formulas and policy are valid
warn  approvals      nobody can approve: what is not \`low\` waits
                     → Name approvers in policy/policy.yml, with their e-mail addresses and SSH public keys, and commit it.
ok    ops work tree  ops/ is in step with ops
ok    ops branch     ops, moved N s ago
ok    orders         none is stuck
warn  driver         host: nothing is isolated
ok    commands       the sandbox has every program that they start with
ok    clock          NOW
ok    disk           SOME GB free
ok    locks          none is stale
ok    last tick      N s ago

all that work needs is there; 2 to look at`,
  );
  assert.is(exitCode, 0);
  await project.remove();
});

test('what is wrong in the repository is named, each with what mends it, and what mends it does', async () => {
  const project = await makeProject('host');
  const lock = join(project.dir, '.git/index.lock');
  await project.commit({
    'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host }\ncommands: { test: no-such-tool --all }\n',
  });
  await project.shell('git remote add origin file:///no/such/repository');
  await project.shell('touch ops/PAUSE && git -C ops add PAUSE && git -C ops commit -q -m pause');
  await writeFile(lock, '');
  await utimes(lock, 1_700_000_000, 1_700_000_000);
  const found = await examine(project);
  assert.is(found.exitCode, 2);
  assert.is(of(found, 'commands')?.found, 'the sandbox has no no-such-tool');
  assert.match(of(found, 'remote')?.found ?? '', /origin: it cannot be reached: .*no\/such\/repository/);
  assert.is(of(found, 'ops branch')?.state, 'warn');
  assert.match(of(found, 'locks')?.mend ?? '', /rm \.git\/index\.lock$/);
  await project.shell((of(found, 'locks')?.mend ?? '').replace(/^.*: (?=rm)/, ''));
  await project.shell(of(found, 'ops branch')?.mend ?? 'false');
  await project.shell(
    'git init -q --bare ../"$(basename "$PWD")".git && git remote set-url origin "../$(basename "$PWD").git"',
  );
  const mended = await examine(project);
  assert.is(of(mended, 'locks')?.state, 'ok');
  assert.is(of(mended, 'ops branch')?.state, 'ok');
  assert.is(of(mended, 'remote')?.found, 'origin can be reached and written');
  // A dry-run push leaves nothing there.
  assert.is(await project.shell('git ls-remote origin'), '');
  await project.shell('rm -rf "../$(basename "$PWD").git"');
  await project.remove();
});

test('a work tree that is missing, or holds something else', async () => {
  const project = await makeProject('host');
  await project.shell('git -C ops checkout -q --detach');
  assert.is(of(await examine(project), 'ops work tree')?.state, 'fail');
  await project.shell('rm -rf ops');
  const gone = of(await examine(project), 'ops work tree');
  assert.is(gone?.mend, 'pushpals init --yes');
  assert.is((await project.pushpals(['init', '--yes'])).exitCode, 0);
  assert.is(of(await examine(project), 'ops work tree')?.state, 'ok');
  await project.remove();
});

test('an old git is told by its version', async () => {
  const project = await makeProject('host');
  const bin = join(project.dir, '.git/bin');
  await mkdir(bin);
  const real = await project.shell('command -v git');
  await writeFile(
    join(bin, 'git'),
    `#!/bin/sh\n[ "$1" = version ] && { echo "git version 2.30.2"; exit; }\nexec "${real}" "$@"\n`,
  );
  await chmod(join(bin, 'git'), 0o755);
  const found = await examine(project, { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
  assert.match(of(found, 'git')?.found ?? '', /2\.30\.2; at least 2\.38 is needed/);
  assert.is(found.exitCode, 2);
  await project.remove();
});

test('an engine that does not answer, and a repository without a project', async () => {
  const project = await makeProject('host');
  await project.commit({ 'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX['docker'] ?? ''}\n` });
  const dead = await examine(project, { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  assert.is(of(dead, 'driver')?.state, 'fail');
  assert.is(of(dead, 'image'), undefined);
  await project.shell('git rm -q --cached pushpals.yml && git commit -q -m gone');
  const none = await examine(project);
  assert.is(of(none, 'project')?.state, 'fail');
  assert.match(of(none, 'project')?.mend ?? '', /pushpals init/);
  await project.remove();
});

needs('docker', test)('an image that the engine does not have, and one that it has', async () => {
  const project = await makeProject('docker');
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX['docker'] ?? ''}\ncommands: { test: "node --test", lint: "sh lint.sh" }\n`,
  });
  const there = await examine(project);
  assert.is(of(there, 'image')?.state, 'ok');
  assert.is(of(there, 'commands')?.found, 'the sandbox has no node');
  await project.commit({
    'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: docker, image: "pushpals-none:1" }\n',
  });
  const missing = await examine(project);
  assert.is(of(missing, 'image')?.mend, 'docker pull pushpals-none:1');
  const labels = await project.shell(`docker ps -a --filter label=pushpals.run --format '{{.Label "pushpals.run"}}'`);
  assert.not.match(labels, /^doctor-/m);
  await project.remove();
});

test.run();
