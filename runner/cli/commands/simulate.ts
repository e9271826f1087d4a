import { simulateTriggers } from '../../app/triggers/simulate.js';
import type { Exit, Invocation } from '../command.js';
import { simulationScreen } from '../screens/simulation.js';

const MOST_DAYS = 366;

export async function run({ connect, out, option, timezone }: Invocation): Promise<Exit> {
  const text = option('days') ?? '30';
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > MOST_DAYS) {
    out.note(`--days takes a whole number from 1 to ${String(MOST_DAYS)}`);
    return 2;
  }
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const simulated = await simulateTriggers(tools, branch, days);
  if (!simulated.ok) return simulated.failure;
  if (out.traits.json) out.json({ ...simulated.value, timezone: timezone() });
  else for (const line of simulationScreen(simulated.value, timezone(), out.traits.width)) out.line(line);
  return 0;
}
