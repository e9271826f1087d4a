import { ok, type Result } from '../core/failure.js';
import { PAUSE_FILE, pauseText, type Pause } from '../core/pause.js';
import { readPauseAt } from './observe.js';
import type { OpsCommit } from './ports/ops.js';
import type { Tools } from './tools.js';
import { write } from './transition.js';

/**
 * Holds back everything that has not started; with `now` what runs is handed back as well. `changed` is false where it was so before:
 * then the first one's name and reason stay.
 */
export async function pause(
  tools: Tools,
  asked: { readonly reason: string | undefined; readonly now: boolean },
): Promise<Result<{ readonly pause: Pause; readonly changed: boolean }>> {
  const { operator, clock } = tools;
  let [stands, changed]: [Pause | null, boolean] = [null, false];
  const written = await write(tools, async (tip) => {
    const before = await readPauseAt(tip, tools);
    changed = before === null || (asked.now && !before.now);
    stands = changed
      ? {
          by: `${operator.name} <${operator.email}>`,
          at: clock.now(),
          reason: asked.reason ?? before?.reason ?? null,
          now: asked.now,
        }
      : before;
    if (!changed || stands === null) return ok(null);
    const subject = `pause${asked.now ? ' now' : ''}${stands.reason === null ? '' : `: ${stands.reason}`}`;
    return ok([commit('pause', subject, pauseText(stands), tools)]);
  });
  if (!written.ok) return written;
  if (stands === null) throw new Error('nothing was decided');
  return ok({ pause: stands, changed });
}

/** Takes the pause away; answers what it was, or null where there was none. */
export async function resume(tools: Tools): Promise<Result<Pause | null>> {
  let before: Pause | null = null;
  const written = await write(tools, async (tip) => {
    before = await readPauseAt(tip, tools);
    return ok(before === null ? null : [commit('unpause', 'go on after the pause', null, tools)]);
  });
  return written.ok ? ok(before) : written;
}

function commit(
  event: 'pause' | 'unpause',
  subject: string,
  content: string | null,
  { operator, clock, processes }: Pick<Tools, 'operator' | 'clock' | 'processes'>,
): OpsCommit {
  const { host, pid } = processes.self();
  return {
    subject,
    trailers: [
      ['PushPals-Event', event],
      ['PushPals-Runner', `${host}/${String(pid)}`],
      ['PushPals-Actor', `${operator.name} <${operator.email}>`],
    ],
    author: operator,
    at: clock.now(),
    files: [{ path: PAUSE_FILE, content }],
  };
}
