import { watch } from '../../app/watch.js';
import { durationMs } from '../../core/ids.js';
import type { Exit, Invocation } from '../command.js';

const [GRACE, POLL] = ['30s', '30s'];
const DURATION = /^\d{1,9}(ms|s|m|h)$/;

export async function run(invocation: Invocation): Promise<Exit> {
  if (invocation.flag('dry-run')) return (await import('./plan.js')).run(invocation);
  const { option, out, signal, signals, report, reopen } = invocation;
  const [grace, poll] = [option('grace') ?? GRACE, option('poll') ?? POLL];
  for (const [name, value] of Object.entries({ grace, poll })) {
    if (DURATION.test(value) && (name === 'grace' || durationMs(value) > 0)) continue;
    out.note(
      `pushpals: \`--${name} ${value}\` is not a duration\nWrite a number with its unit, such as 500ms, 30s, 5m or 1h.`,
    );
    return 2;
  }
  const ended = await watch(
    reopen,
    report,
    { drain: signal, handBack: signals.second(), onReload: signals.onHangUp },
    { graceMs: durationMs(grace), pollMs: durationMs(poll) },
  );
  if (!ended.ok) return ended.failure;
  return ended.value.handedBack.length === 0 ? 0 : signals.code();
}
