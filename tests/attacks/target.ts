import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { DriverName } from '../../runner/app/ports/sandbox.js';
import { makeProject, type Ended, type Project } from '../cli/program.js';

/** What became of an order. */
export interface Outcome {
  readonly tick: Ended;
  readonly state: string;
  /** The class of the failure that ended it; null if it did not fail. */
  readonly failure: string | null;
  /** Everything that the last tick said, and all that was written to the ops branch: evidence, logs, records. */
  readonly written: string;
}

/** A project with PushPals on it, to be attacked through the built program. */
export interface Target extends Project {
  readonly driver: DriverName;
  /** Shell that leaves a mark on the host if it is not a step that runs it. */
  readonly payload: string;
  /** Whether anything but a step ran the payload. */
  ranOnHost(): boolean;
  /** Has an order run the script as its first step and ship; the orders are `go`, `go2`, and so on. `step` and `formula` are merged into what is committed. */
  step(script: string, more?: { readonly step?: object; readonly formula?: object }): Promise<Outcome>;
  /** Ticks, and says what became of an order. */
  outcome(order: string): Promise<Outcome>;
}

/** Makes a project for one attack, and takes it away after. */
export async function withTarget(driver: DriverName, attack: (target: Target) => Promise<void>): Promise<void> {
  const outside = await mkdtemp(join(tmpdir(), 'pushpals-attack-'));
  const mark = join(outside, 'ran');
  const made = await makeProject(driver);
  // Attacks by `host` have the home of whoever runs them: it is not theirs to be attacked.
  const home = join(outside, 'home');
  await mkdir(home);
  const project: Project = {
    ...made,
    pushpals: (args, { env = {}, ...options } = {}) => made.pushpals(args, { ...options, env: { HOME: home, ...env } }),
  };
  const begun = await project.git('rev-parse', 'refs/heads/ops');
  let orders = 0;
  const outcome = async (order: string): Promise<Outcome> => {
    const tick = await project.pushpals(['tick']);
    const { stdout } = await project.pushpals(['order', 'show', order, '--json']);
    const record = JSON.parse(stdout) as { state: string; ended?: { failure?: { class: string } } };
    return {
      tick,
      state: record.state,
      failure: record.ended?.failure?.class ?? null,
      written: `${tick.stdout}\n${tick.stderr}\n${await project.git('log', '-p', '--text', '--format=%B', `${begun}..refs/heads/ops`, '--')}`,
    };
  };
  try {
    await attack({
      ...project,
      driver,
      payload: `[ -n "$PUSHPALS_STEP" ] || echo "$0 $*" >> '${mark}'`,
      ranOnHost: () => existsSync(mark),
      outcome,
      step: async (script, { step = {}, formula = {} } = {}) => {
        const steps = [
          { id: 'attack', run: script, ...step },
          { id: 'ship', needs: ['attack'], ship: {} },
        ];
        await project.commit({
          'formulas/attack.yml': stringify({ formula: 'attack', version: 1, steps, ...formula }),
        });
        orders += 1;
        const order = orders === 1 ? 'go' : `go${String(orders)}`;
        await project.write(`ops/inbox/${order}.yml`, `goal: Go ${String(orders)}\nformula: attack\n`);
        return outcome(order);
      },
    });
  } finally {
    await project.remove();
    await rm(outside, { recursive: true, force: true });
  }
}
