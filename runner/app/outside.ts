import { ok } from '../core/failure.js';
import type { Dropped } from '../core/observed.js';
import { GATEKEEPER, TRIAGE, quarantined, type Keeper } from '../core/outside/quarantine.js';
import type { Desired } from './desired.js';

/** Orders that say that they come from outside become orders to look into them, before anything else is made of them. */
export async function fromOutside(
  all: readonly Dropped[],
  desired: Desired,
  sha256: (text: string) => string,
): Promise<readonly Dropped[]> {
  if (!all.some(({ order }) => order.ok && order.value.outside !== undefined)) return all;
  const formula = await keeperOf(desired);
  return all.map((dropped) =>
    dropped.order.ok && dropped.order.value.outside !== undefined
      ? { ...dropped, order: ok(quarantined(dropped.order.value, { formula, sha256 })) }
      : dropped,
  );
}

/** Who looks into it: a person, where the gatekeeper has no model and is no command. */
export async function keeperOf({ agent, project }: Desired): Promise<Keeper['formula']> {
  const found = await agent(GATEKEEPER);
  // One that has errors is said to have them.
  if (found?.ok !== true) return GATEKEEPER;
  const { command, model = 'default' } = found.value;
  return command !== undefined || Object.hasOwn(project.models ?? {}, model) ? GATEKEEPER : TRIAGE;
}
