import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { gitea } from '../forges/gitea.js';
import { github } from '../forges/github.js';
import { gitlab } from '../forges/gitlab.js';
import { forgeServer, type Asked, type ForgeServer } from '../forges/server.js';
import { ForgeWorld } from '../forges/world.js';
import * as assert from 'uvu/assert';
import { ENV, PROGRAM, makeProject, openProject, type Ended, type Project } from './program.js';
import { GIT } from './remote-rig.js';

export interface OnForge extends Project {
  readonly server: ForgeServer;
  readonly world: ForgeWorld;
  tick(): Promise<Ended>;
  drop(name: string, order: object): Promise<void>;
  /** An order's record, with its state. */
  order(id: string): Promise<Readonly<Record<string, unknown>> & { readonly state: string }>;
  /** A minute goes by, as far as the forge is concerned. */
  later(): Promise<void>;
  /** A tick whose process is killed once the forge has done what was asked, before it hears of it. */
  killedAt(when: (asked: Asked) => boolean): Promise<void>;
  /** Another machine that shares the remote. */
  other(): Promise<Project>;
}

const TOKEN = { PUSHPALS_FORGE_TOKEN: 'the-token' };
const FORGES = { github, gitea, gitlab };
const SCOPES = {
  github: ['repo', 'read:user'],
  gitea: ['write:repository', 'write:issue', 'read:user'],
  gitlab: ['api'],
};
const LOGINS = ['pals', 'ada', 'bob', 'eve', 'olga'];

/** A formula whose result is one file, and a policy that lets it come as far as it goes by itself. */
export const pullRequests = (policy = ''): Readonly<Record<string, string>> => ({
  'policy/policy.yml': `version: 1\ndefault: low\n${policy}`,
  'formulas/m.yml': `formula: m
version: 1
inputs: { file: { type: string, default: a } }
steps:
  - { id: change, run: "mkdir -p src && echo two > src/$PUSHPALS_INPUT_FILE.txt" }
  - { id: verify, needs: [change], check: "test -s src/$PUSHPALS_INPUT_FILE.txt" }
  - { id: ship, needs: [verify], ship: { title: "fix: {{ order.goal }}" } }
`,
});

/** A project whose remote is a repository on a forge, where the runner is `pals`. `files` are committed. */
export async function withForge(
  files: Readonly<Record<string, string>>,
  config: object,
  work: (project: OnForge) => Promise<void>,
  kind: keyof typeof FORGES = 'github',
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-forge-'));
  const remote = join(folder, 'app.git');
  await execa('git', ['init', '-q', '--bare', '-b', 'main', remote], { env: GIT });
  const world = new ForgeWorld('acme/app', remote);
  for (const login of LOGINS) world.people.set(login, 'write');
  world.tokens.set('the-token', { login: 'pals', scopes: SCOPES[kind], areas: null });
  const server = await forgeServer(world, FORGES[kind]);
  const made = await makeProject('host');
  const pushpals: Project['pushpals'] = (args, { env = {}, ...options } = {}) =>
    made.pushpals(args, { ...options, env: { ...TOKEN, ...env } });
  try {
    await made.git('remote', 'add', 'origin', remote);
    await made.commit({
      'pushpals.yml': stringify({
        version: 1,
        project: 'test',
        ops: { remote: 'origin' },
        sandbox: { driver: 'host' },
        forge: { kind, repo: 'acme/app', baseUrl: server.url },
        ...config,
      }),
      ...files,
    });
    await made.git('push', '-q', 'origin', 'main');
    await work({
      ...made,
      pushpals,
      server,
      world,
      tick: () => pushpals(['tick']),
      drop: (name, order) => made.write(`ops/inbox/${name}.yml`, stringify(order)),
      order: async (id) => {
        const { stdout } = await pushpals(['order', 'show', id, '--json']);
        return JSON.parse(stdout) as { state: string };
      },
      later: async () => {
        await made.shell('rm -f .pushpals/forge.json');
      },
      killedAt: async (when) => {
        const env = { ...ENV, ...TOKEN };
        const tick = execa(process.execPath, [PROGRAM, 'tick'], { cwd: made.dir, env, reject: false });
        server.fail({ fault: 'lost' }, 1, (asked) => when(asked) && tick.kill('SIGKILL'));
        assert.is((await tick).signal, 'SIGKILL');
      },
      other: async () => {
        const dir = join(folder, 'other');
        await execa('git', ['clone', '-q', remote, dir], { env: GIT });
        const cloned = openProject(dir);
        await cloned.git('config', 'user.name', 'Bob');
        await cloned.git('config', 'user.email', 'bob@example.org');
        assert.is((await cloned.pushpals(['init', '--yes'])).exitCode, 0);
        return {
          ...cloned,
          pushpals: (args, options = {}) =>
            cloned.pushpals(args, { ...options, env: { PUSHPALS_RUNNER: 'b', ...TOKEN, ...options.env } }),
        };
      },
    });
  } finally {
    await made.remove();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
