import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { github } from '../forges/github.js';
import { forgeServer, type ForgeServer } from '../forges/server.js';
import { ForgeWorld } from '../forges/world.js';
import { makeProject, type Ended, type Project } from './program.js';
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
}

const LOGINS = ['pals', 'ada', 'bob', 'eve', 'olga'];

/** A project whose remote is a repository on a forge, where the runner is `pals`. `files` are committed. */
export async function withForge(
  files: Readonly<Record<string, string>>,
  config: object,
  work: (project: OnForge) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-forge-'));
  const remote = join(folder, 'app.git');
  await execa('git', ['init', '-q', '--bare', '-b', 'main', remote], { env: GIT });
  const world = new ForgeWorld('acme/app', remote);
  for (const login of LOGINS) world.people.set(login, 'write');
  world.tokens.set('the-token', { login: 'pals', scopes: ['repo', 'read:user'], areas: null });
  const server = await forgeServer(world, github);
  const made = await makeProject('host');
  const pushpals: Project['pushpals'] = (args, { env = {}, ...options } = {}) =>
    made.pushpals(args, { ...options, env: { PUSHPALS_FORGE_TOKEN: 'the-token', ...env } });
  try {
    await made.git('remote', 'add', 'origin', remote);
    await made.commit({
      'pushpals.yml': stringify({
        version: 1,
        project: 'test',
        ops: { remote: 'origin' },
        sandbox: { driver: 'host' },
        forge: { kind: 'github', repo: 'acme/app', baseUrl: server.url },
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
    });
  } finally {
    await made.remove();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
