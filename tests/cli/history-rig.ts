import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const FORMULA = `formula: f
version: 1
steps:
  - { id: change, run: "echo said; echo two > src/a.txt" }
  - { id: ship, needs: [change], ship: {} }
`;

/** A project in which an order has run. */
export async function withHistory(work: (project: Project) => Promise<void>): Promise<void> {
  const project = await makeProject('host');
  try {
    await project.commit({ 'formulas/f.yml': FORMULA });
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    await project.write('ops/inbox/bad.yml', 'gaol: no\n');
    await project.pushpals(['tick']);
    await project.pushpals(['order', 'new', 'Wait', '--formula', 'f', '--name', 'wait', '--after', 'go']);
    await work(project);
  } finally {
    await project.remove();
  }
}

/** What `audit` finds, and that its exit code says the same. */
export async function findings(project: Project): Promise<string> {
  const { exitCode, stdout, stderr } = await project.pushpals(['audit']);
  assert.is(exitCode, stdout.startsWith('nothing found') ? 0 : 1, stderr);
  return stdout;
}

/** Somebody commits what lies in their work tree of the ops branch. */
export const person = async (project: Project, message: string): Promise<void> => {
  await project.git('-C', 'ops', 'add', '-A');
  await project.git('-C', 'ops', 'commit', '-q', '-m', message);
};
