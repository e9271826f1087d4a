import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Services } from '../app/ports/services.js';
import { fail, ok, type Result } from '../core/failure.js';
import { hasCode, lstatIfThere } from './workspace/files.js';

/** Variables of the caller's that the program reads, and that cron and systemd would not hand it. */
const HANDED_ON = ['PATH', 'PUSHPALS_RUNNER', 'DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];

/** The user's crontab and units, through their own programs. */
export function userServices(
  top: string,
  node: string,
  script: string,
  env: Readonly<Record<string, string>>,
): Services {
  const run = (program: string, args: readonly string[], input?: string): Result<Ended> => {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...env, LC_ALL: 'C' },
      ...(input === undefined ? {} : { input }),
    });
    if (hasCode(error, 'ENOENT'))
      return fail({
        class: 'state-conflict',
        what: `there is no program \`${program}\` here`,
        hint:
          program === 'crontab'
            ? 'Install cron (sudo apt-get install cron), or use `pushpals install systemd`, or start `pushpals watch` by other means.'
            : 'Use `pushpals install cron`, or start `pushpals watch` by other means.',
      });
    if (error !== undefined) throw error;
    return ok({ status, stdout, stderr });
  };
  const failed = (command: string, { status, stderr }: Ended): Result<never> =>
    fail({
      class: 'state-conflict',
      what: `\`${command}\` ended with ${String(status)}: ${stderr.trim()}`,
      hint: 'Nothing was changed by it; mend what it says, then try again.',
    });
  const units = join(env['XDG_CONFIG_HOME'] ?? join(env['HOME'] ?? '/', '.config'), 'systemd', 'user');
  return {
    program: {
      top,
      node,
      script,
      env: Object.fromEntries(HANDED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    },
    setuidSandbox: () => {
      const [bwrap] = (env['PATH'] ?? '')
        .split(delimiter)
        .flatMap((folder) => lstatIfThere(join(folder, 'bwrap')) ?? []);
      return bwrap !== undefined && (bwrap.mode & 0o4000) !== 0;
    },
    crontab: () => {
      const ended = run('crontab', ['-l']);
      if (!ended.ok) return ended;
      if (ended.value.status === 0) return ok(ended.value.stdout);
      // Nothing but its words tells an empty crontab from one that could not be read, which must never be taken for empty.
      return /no crontab/i.test(ended.value.stderr) ? ok('') : failed('crontab -l', ended.value);
    },
    writeCrontab: (text) => {
      const ended = run('crontab', ['-'], text);
      if (!ended.ok) return ended;
      return ended.value.status === 0 ? ok(null) : failed('crontab -', ended.value);
    },
    unitPath: (name) => join(units, name),
    unit: (name) => {
      try {
        return readFileSync(join(units, name), 'utf8');
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return null;
        throw error;
      }
    },
    writeUnit: (name, text) => {
      const place = join(units, name);
      if (text === null) {
        rmSync(place, { force: true });
        return;
      }
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(`${place}.new`, text);
      renameSync(`${place}.new`, place);
    },
    systemctl: (args) => {
      const ended = run('systemctl', ['--user', ...args]);
      if (!ended.ok) return ended;
      return ended.value.status === 0 ? ok(null) : failed(`systemctl --user ${args.join(' ')}`, ended.value);
    },
  };
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
