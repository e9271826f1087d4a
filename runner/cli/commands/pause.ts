import { readOps } from '../../app/observe.js';
import { pause } from '../../app/pause.js';
import { pauseStory } from '../../core/pause.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

export async function run({ connect, out, flag, option }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const paused = await pause(tools, { reason: option('reason'), now: flag('now') });
  if (!paused.ok) return paused.failure;
  const view = await readOps(tools);
  if (!view.ok) return view.failure;
  const { changed, pause: stands } = paused.value;
  const active = view.value.live.filter(({ state }) => state === 'active').map(({ record }) => record.id);
  if (out.traits.json) {
    out.json({ paused: true, changed, ...stands, active });
    return 0;
  }
  if (flag('dry-run')) return 0;
  out.line(
    changed
      ? 'Paused: nothing starts until `pushpals resume`.'
      : `It is paused already${printable(pauseStory(stands))}. \`pushpals resume\` goes on.`,
  );
  if (active.length > 0)
    out.line(
      stands.now
        ? `Handed back, to go on after their last snapshots: ${active.join(', ')}.`
        : `What runs goes on: ${active.join(', ')}. \`pushpals pause --now\` hands it back.`,
    );
  return 0;
}
