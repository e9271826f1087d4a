import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeProject, type Project } from './program.js';

/** Where the remotes lie, and what a test puts beside them. */
export const folder = mkdtempSync(join(tmpdir(), 'pushpals-integrate-'));
process.on('exit', () => {
  rmSync(folder, { recursive: true });
});

/** Each order writes a file of its own; the project's own test may not like two of them. */
export const ADD = `formula: add
version: 1
inputs: { name: { type: string }, text: { type: string, default: new } }
steps:
  - { id: change, run: 'mkdir -p add; echo "$PUSHPALS_INPUT_TEXT" > "add/$PUSHPALS_INPUT_NAME"' }
  - { id: verify, needs: [change], check: { command: test } }
  - { id: ship, needs: [verify], ship: { title: "add {{ inputs.name }}" } }
`;

export const order = (name: string, text = 'new'): string =>
  `goal: Add ${name}\nformula: add\ninputs: { name: ${name}, text: ${text} }\n`;

export interface Settings {
  /** The formula `add`; else one that writes a file of the order's own. */
  readonly formula?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly slots?: number;
  /** The line of pushpals.yml; else the command `test` alone. */
  readonly commands?: string;
  /** More of pushpals.yml. */
  readonly more?: string;
  readonly test?: string;
  readonly integrate?: string;
  readonly remote?: boolean;
}

/** A project whose results are merged, with a bare remote that `run` can look into. */
export async function withProject(
  name: string,
  {
    test: command = 'true',
    integrate = '{ via: merge }',
    remote = true,
    formula = ADD,
    files = {},
    slots = 3,
    commands = `commands: { test: '${command}' }`,
    more = '',
  }: Settings,
  run: (project: Project, remote: (...args: string[]) => Promise<string>) => Promise<void>,
): Promise<void> {
  const project = await makeProject('host');
  const bare = join(folder, `${name}.git`);
  const there = async (...args: string[]): Promise<string> => (await execa('git', ['--git-dir', bare, ...args])).stdout;
  try {
    await project.commit({
      'formulas/add.yml': formula,
      ...files,
      'pushpals.yml': [
        `version: 1\nproject: test\nsandbox: { driver: host }\nrunner: { slots: ${String(slots)} }`,
        commands,
        `integrate: ${integrate}`,
        ...(remote ? ['ops: { remote: origin }'] : []),
        more,
      ].join('\n'),
    });
    if (remote) {
      await execa('git', ['init', '-q', '--bare', '-b', 'main', bare]);
      await project.git('remote', 'add', 'origin', bare);
      await project.git('push', '-q', 'origin', 'main');
    }
    await run(project, there);
  } finally {
    await project.remove();
  }
}

/** How an order stands, as its record says. */
export async function standing(project: Project, id: string): Promise<string> {
  return (await project.opsFiles()).find((path) => path.endsWith(`/${id}.yml`) && !path.startsWith('inbox/')) ?? '';
}
