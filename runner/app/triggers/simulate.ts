import { fail, ok, type Result } from '../../core/failure.js';
import { later } from '../../core/ids.js';
import { typicalRun } from '../../core/past-runs.js';
import { simulate, type Simulation } from '../../core/triggers/simulate.js';
import { pastRuns } from '../forecast.js';
import type { Tools } from '../tools.js';
import { readWorld } from '../world.js';
import { readTriggers, TRIGGERS } from './records.js';

const DAY_MS = 86_400_000;
/** How many of the newest commits are looked through for what runs come to. */
const LOOK_BACK = 1000;

/** What the committed triggers would fire for in the next days, and roughly what the runs would take. */
export async function simulateTriggers(tools: Tools, branch: string, days: number): Promise<Result<Simulation>> {
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const { project } = world.value.desired;
  const tip = await tools.ops.tip();
  if (tip === null)
    return fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });
  const { records } = await readTriggers(await tools.repository.files(tip, [TRIGGERS]), tools);
  const past = await pastRuns(tools, await tools.repository.history(tools.ops.ref, { limit: LOOK_BACK }));
  const cron = (project.triggers ?? []).some((trigger) => trigger.cron !== undefined)
    ? await tools.formats.cron()
    : null;
  const from = tools.clock.now();
  return ok(
    simulate({
      project,
      from,
      until: later(from, days * DAY_MS),
      schedule: (trigger) =>
        trigger.cron === undefined || cron === null ? null : cron.schedule(trigger.cron, trigger.timezone ?? 'UTC'),
      suspended: (id) => records.get(id)?.suspended !== undefined,
      typical: (formula) => typicalRun(past.get(formula) ?? []),
      sha256: tools.sha256,
    }),
  );
}
