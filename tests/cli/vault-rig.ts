import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { makeProject, type Ended, type Project } from './program.js';

/** A folder for key pairs, and for what steps leave as a mark. */
export const keys = mkdtempSync(join(tmpdir(), 'pushpals-keys-'));
process.on('exit', () => {
  rmSync(keys, { recursive: true });
});

/** Real key pairs, made when they are first asked for; answers the public keys' lines. */
function publicKeys(): Readonly<Record<'ada' | 'bob' | 'eve', string>> {
  const key = (name: string): string => {
    const file = join(keys, name);
    if (!existsSync(file)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
    return readFileSync(`${file}.pub`, 'utf8').trim();
  };
  return { ada: key('ada'), bob: key('bob'), eve: key('eve') };
}

export interface Rules {
  readonly driver?: 'host' | 'bubblewrap' | 'docker';
  readonly verify?: 'signature' | 'identity' | 'forge';
  readonly approvals?: number;
  readonly more?: string;
}

export function policy({ verify = 'signature', approvals = 1, more = '' }: Rules): string {
  const { ada, bob } = publicKeys();
  return `version: 1
verify: ${verify}
tiers:
  medium: { gate: merge-approval, approvals: ${String(approvals)} }
  high: { gate: proposal, approvals: ${String(approvals)}, from: [leads] }
approvers:
  - { id: ada, emails: [ada@example.org], keys: ["${ada}"], groups: [leads] }
  - { id: bob, emails: [bob@example.org], keys: ["${bob}"], groups: [leads] }
  - { id: cyd, emails: [cyd@example.org], groups: [others] }
rules:
  - { id: medium, tier: medium, formula: m }
  - { id: low, tier: low, formula: l }
${more}`;
}

export const formula = (name: string, run = 'echo two > src/a.txt'): string => `formula: ${name}
version: 1
steps:
  - { id: change, run: "${run}" }
  - { id: verify, needs: [change], check: "grep -q two src/a.txt" }
  - { id: ship, needs: [verify], ship: {} }
`;

export interface Vault extends Project {
  /** Drops an order in the name of somebody, and ticks. */
  drop(name: string, formula: string, by?: string): Promise<Ended>;
  tick(): Promise<Ended>;
  /** The one request that waits. */
  request(): Promise<string>;
  /** Works as somebody else, with their key. */
  as(who: string, email?: string): Promise<void>;
  state(order: string): Promise<string>;
  /** Git in the people's work tree. */
  ops(...args: string[]): Promise<string>;
}

/** A project whose orders come from Olga, whom no approver is. */
export async function withVault(rules: Rules, work: (vault: Vault) => Promise<void>): Promise<void> {
  const project = await makeProject(rules.driver ?? 'host');
  const as = async (who: string, email = `${who}@example.org`): Promise<void> => {
    await project.git('config', 'user.name', who);
    await project.git('config', 'user.email', email);
    await project.git('config', 'gpg.format', 'ssh');
    await project.git('config', 'user.signingkey', join(keys, `${who}.pub`));
  };
  const tick = async (): Promise<Ended> => project.pushpals(['tick']);
  try {
    await as('olga');
    await project.commit({
      'policy/policy.yml': policy(rules),
      'formulas/m.yml': formula('m'),
      'formulas/h.yml': formula('h'),
      'formulas/l.yml': formula('l'),
    });
    await work({
      ...project,
      as,
      tick,
      drop: async (name, named, by = 'olga') => {
        await as(by);
        await project.write(`ops/inbox/${name}.yml`, `goal: Do ${name}\nformula: ${named}\n`);
        return tick();
      },
      request: async () => {
        const { stdout } = await project.pushpals(['vault', 'list', '--json']);
        const [found] = JSON.parse(stdout) as { id: string }[];
        return found?.id ?? 'none';
      },
      state: async (order) => {
        const { stdout } = await project.pushpals(['order', 'show', order, '--json']);
        return (JSON.parse(stdout) as { state: string }).state;
      },
      ops: (...args) => project.git('-C', 'ops', ...args),
    });
  } finally {
    await project.remove();
  }
}

/** Has somebody merge the branch by hand, and answers what the next tick says. */
export async function merged(vault: Vault, who: string, ...how: string[]): Promise<{ tick: Ended; id: string }> {
  const id = await vault.request();
  await vault.as(who);
  await vault.ops('merge', '-q', '--no-ff', '-m', 'yes', ...how, `vault/${id}`);
  return { tick: await vault.tick(), id };
}

export const OPS = 'refs/heads/ops';

/** A file of the ops branch, read. */
export const opsFile = async (vault: Vault, path: string): Promise<Record<string, unknown>> =>
  parse((await vault.show(OPS, path)) ?? 'null') as Record<string, unknown>;

/** Eve, who may push to the ops branch and is no approver, commits files there; null removes one. */
export async function forge(vault: Vault, files: Readonly<Record<string, unknown>>): Promise<void> {
  await vault.as('eve');
  for (const [path, content] of Object.entries(files)) {
    if (content === null) await vault.ops('rm', '-q', '-f', path);
    else {
      await vault.write(`ops/${path}`, typeof content === 'string' ? content : stringify(content));
      await vault.ops('add', path);
    }
  }
  await vault.ops('commit', '-q', '-m', 'forged');
  await vault.as('olga');
}

/** A commit of Eve's on top of another, on a branch of hers. */
export async function eves(
  vault: Vault,
  branch: string,
  parent: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  await vault.as('eve');
  await vault.git('worktree', 'add', '-q', '-b', branch, `of-${branch}`, parent);
  for (const [path, content] of Object.entries(files)) await vault.write(`of-${branch}/${path}`, content);
  await vault.git('-C', `of-${branch}`, 'add', '.');
  await vault.git('-C', `of-${branch}`, 'commit', '-q', '-m', 'mine');
  await vault.as('olga');
  return vault.git('rev-parse', branch);
}

/** A process of this machine that is gone. */
export const GONE = { host: hostname(), pid: 1, startedAt: '1', boot: 'x' };
