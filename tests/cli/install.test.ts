import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';
import { QUICK, startWatch } from './watch-rig.js';

interface Context {
  project: Project;
  home: string;
  run: Project['pushpals'];
  /** Puts a program first on the search path. */
  program: (name: string, body: string) => void;
}

const test = suite<Context>('install');
test.before.each(async (context) => {
  const project = await makeProject('host');
  await project.commit({ 'formulas/f.yml': QUICK });
  const home = mkdtempSync(join(tmpdir(), 'pushpals home '));
  const path = `${home}:${process.env['PATH'] ?? ''}`;
  context.project = project;
  context.home = home;
  context.run = (args) =>
    project.pushpals(args, { env: { PATH: path, HOME: home, XDG_CONFIG_HOME: join(home, 'config') } });
  context.program = (name, body) => {
    writeFileSync(join(home, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(home, name), 0o755);
  };
});
test.after.each(async ({ project, home }) => {
  await project.remove();
  rmSync(home, { recursive: true });
});

const FAKE_CRONTAB = `file="$(dirname "$0")/crontab.txt"
case "$1" in
  -l) [ -e "$file" ] || { echo "no crontab for ada" >&2; exit 1; }; cat "$file" ;;
  -) cat > "$file" ;;
esac`;

test('a line of cron is shown, written on demand, kept to one, and taken out; the rest of the crontab stays', async ({
  project,
  home,
  run,
  program,
}) => {
  program('crontab', FAKE_CRONTAB);
  const file = join(home, 'crontab.txt');
  const crontab = (): string => readFileSync(file, 'utf8');
  const dry = await run(['install', 'cron', '--dry-run']);
  assert.is(dry.exitCode, 0, dry.stderr);
  assert.match(dry.stdout, /Into your crontab:\n\n {2}# pushpals begin .*\n {2}\*\/5 \* \* \* \* cd /);
  const asked = await run(['install', 'cron']);
  assert.is(asked.exitCode, 2);
  assert.match(asked.stderr, /nothing was changed; `pushpals install cron --yes` does it/);
  assert.not.ok(existsSync(file));
  writeFileSync(file, 'MAILTO=ada\n5 4 * * * y\n');
  assert.match((await run(['install', 'cron', '--yes', '--every', '1'])).stdout, /Written to your crontab/);
  const written = crontab();
  assert.match(written, /^MAILTO=ada\n5 4 \* \* \* y\n# pushpals begin /);
  assert.match((await run(['install', 'cron', '--yes', '--every', '1'])).stdout, /It is in your crontab already/);
  assert.is(crontab(), written);
  // What cron would do with it.
  const command =
    written
      .split('\n')
      .find((line) => line.startsWith('* * * * * '))
      ?.slice('* * * * * '.length) ?? '';
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
  await project.shell(
    `env -i /bin/sh -c ${JSON.stringify(command.replaceAll('\\%', '%')).replaceAll('$', '\\$')} 2>&1`,
  );
  assert.ok((await project.opsFiles()).some((path) => path.endsWith('/one.yml')));
  const json = JSON.parse((await run(['install', 'cron', '--remove', '--yes', '--json'])).stdout) as unknown;
  assert.equal(json, { service: 'cron', place: 'your crontab', text: null, changed: true });
  assert.is(crontab(), 'MAILTO=ada\n5 4 * * * y\n');
});

test('what the program reads of its surroundings is handed on, to cron and to systemd', async ({
  project,
  home,
  program,
}) => {
  program('crontab', FAKE_CRONTAB);
  const name = `it's "50%" of $HOME`;
  const env = {
    PATH: `${home}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    PUSHPALS_RUNNER: name,
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: '/my certs',
  };
  const installed = await project.pushpals(['install', 'cron', '--yes', '--every', '1'], { env });
  assert.is(installed.exitCode, 0, installed.stderr);
  const line = readFileSync(join(home, 'crontab.txt'), 'utf8').split('\n')[1] ?? '';
  assert.match(line, / DOCKER_TLS_VERIFY='1' DOCKER_CERT_PATH='\/my certs' /);
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
  writeFileSync(join(home, 'command'), line.slice('* * * * * '.length).replaceAll('\\%', '%'));
  await project.shell(`env -i /bin/sh '${home}/command' 2>&1`);
  const runners = await project.git(
    'log',
    '--format=%(trailers:key=PushPals-Runner,valueonly)',
    '-1',
    'refs/heads/ops',
  );
  assert.is(runners.trim().replace(/\/\d+$/, ''), name);
  const { stdout } = await project.pushpals(['install', 'systemd', '--dry-run'], { env });
  assert.match(
    stdout,
    /Environment="PUSHPALS_RUNNER=it's \\"50%%\\" of \$HOME"\n.*Environment="DOCKER_TLS_VERIFY=1"\n/,
  );
  assert.match(stdout, /Environment="DOCKER_CERT_PATH=\/my certs"\n/);
});

test('a crontab that cannot be read is never taken for an empty one', async ({ run, program }) => {
  program('crontab', 'echo "you are not allowed to use this program" >&2; exit 1');
  const refused = await run(['install', 'cron', '--yes']);
  assert.is(refused.exitCode, 4);
  assert.match(refused.stderr, /`crontab -l` ended with 1: you are not allowed/);
});

test('where there is no crontab program, that is said with what else there is', async ({ project, home }) => {
  const only = `${home}:${join(process.execPath, '..')}`;
  await project.shell(`ln -s "$(command -v git)" '${home}/git'; ln -s "$(command -v sh)" '${home}/sh'`);
  const refused = await project.pushpals(['install', 'cron', '--yes'], { env: { PATH: only } });
  assert.is(refused.exitCode, 4);
  assert.match(refused.stderr, /there is no program `crontab` here[^]*pushpals install systemd/);
});

test('a unit is shown, written, started on demand, and taken away', async ({ project, home, run, program }) => {
  program('systemctl', `echo "$*" >> '${home}/calls'`);
  const unit = join(home, 'config/systemd/user/pushpals-test.service');
  const dry = await run(['install', 'systemd', '--dry-run']);
  assert.match(dry.stdout, /ExecStart=:"\/.*node" "\/.*dist\/pushpals\.js" watch/);
  assert.not.ok(existsSync(unit));
  const written = await run(['install', 'systemd', '--yes']);
  assert.match(written.stdout, /systemctl --user enable --now pushpals-test\.service\n.*loginctl enable-linger/);
  assert.not.ok(existsSync(join(home, 'calls')));
  assert.match(readFileSync(unit, 'utf8'), new RegExp(`^WorkingDirectory=${project.dir}$`, 'm'));
  assert.match((await run(['install', 'systemd', '--yes', '--systemctl'])).stdout, /already/);
  assert.match((await run(['install', 'systemd', '--remove', '--yes', '--systemctl'])).stdout, /Taken out of/);
  assert.not.ok(existsSync(unit));
  assert.equal(readFileSync(join(home, 'calls'), 'utf8').trim().split('\n'), [
    '--user daemon-reload',
    '--user enable --now pushpals-test.service',
    '--user disable --now pushpals-test.service',
    '--user daemon-reload',
  ]);
});

test('a unit of another repository is left alone, and a bad word is answered', async ({ home, run, project }) => {
  await run(['install', 'systemd', '--yes']);
  const unit = join(home, 'config/systemd/user/pushpals-test.service');
  writeFileSync(unit, readFileSync(unit, 'utf8').replace(/^WorkingDirectory=.*/m, 'WorkingDirectory=/other'));
  const refused = await run(['install', 'systemd', '--yes']);
  assert.is(refused.exitCode, 4);
  assert.match(refused.stderr, /is not of this repository/);
  assert.match((await run(['install', 'launchd'])).stderr, /there are cron, systemd/);
  assert.match((await run(['install', 'cron', '--every', '90'])).stderr, /from 1 to 59/);
  const watch = await startWatch(project);
  const uninit = await project.pushpals(['uninit', '--yes']);
  assert.is(uninit.exitCode, 4);
  assert.match(uninit.stderr, new RegExp(`a watch runs here \\(pid ${String(watch.child.pid)}\\)`));
  assert.is(await watch.end(), 0);
  await until('it can be taken away', async () => (await project.pushpals(['uninit', '--yes'])).exitCode === 0);
});

test.run();
