import * as assert from 'uvu/assert';
import { withForge, type OnForge } from '../cli/forge-rig.js';
import type { Pull } from '../forges/world.js';

const ADD = `formula: add
version: 1
steps:
  - { id: change, run: "echo new > src/basket.txt" }
  - { id: ship, needs: [change], ship: {} }
`;
/** Goes on from a branch. What a test has happen meanwhile happens while it runs. */
const MEND = `formula: mend
version: 1
inputs: { branch: { type: string } }
base: { merge: inputs.branch, mends: true }
steps:
  - { id: change, run: 'echo mended >> src/basket.txt; [ ! -e "$MEANWHILE" ] || . "$MEANWHILE"', env: { MEANWHILE: MEANWHILE_PATH } }
  - { id: ship, needs: [change], ship: { title: "{{ order.goal }}" } }
`;
const POLICY = `version: 1
default: low
tiers: { medium: { gate: auto } }
approvers: [{ id: olga, emails: [olga@example.org] }]
`;

interface OnPullRequest extends OnForge {
  /** A look at the forge, and what comes of it: the orders that there are then beside `basket`. */
  look(): Promise<readonly string[]>;
}

/** A project with an order `basket` whose result is an open pull request, and signals that become orders of the formula `mend`. */
export async function withPullRequest(
  signals: object,
  work: (project: OnPullRequest, pull: Pull) => Promise<void>,
): Promise<void> {
  const files = { 'policy/policy.yml': POLICY, 'formulas/add.yml': ADD };
  await withForge(files, { integrate: { via: 'pull-request' }, signals }, async (project) => {
    await project.commit({
      'formulas/mend.yml': MEND.replace('MEANWHILE_PATH', JSON.stringify(`${project.dir}/.git/meanwhile`)),
    });
    await project.git('push', '-q', 'origin', 'main');
    await project.drop('basket', { goal: 'Add a basket', formula: 'add' });
    const { stderr } = await project.tick();
    const pull = project.world.pulls.find(({ head }) => head === 'pushpals/basket');
    assert.ok(pull, stderr);
    const look = async (): Promise<readonly string[]> => {
      await project.later();
      await project.tick();
      return (await project.opsFiles())
        .flatMap(
          (path) =>
            /^(?:queue|active|waiting|done|failed|cancelled|rejected)\/.*?([a-z0-9-]+)\.yml$/.exec(path)?.[1] ?? [],
        )
        .filter((id) => id !== 'basket');
    };
    await work({ ...project, look }, pull);
  });
}

interface Shown {
  readonly state: string;
  readonly formula: string;
  readonly order: { readonly goal: string; readonly context: string };
  readonly accepted: { readonly from: string };
}

export const show = async (project: OnForge, id: string): Promise<Shown> =>
  (await project.order(id)) as unknown as Shown;
