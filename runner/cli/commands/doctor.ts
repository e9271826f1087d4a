import { examineAll } from '../../app/doctor.js';
import type { Finding } from '../../core/health.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { enforcementTable } from '../screens/enforcement.js';

const STYLES = { ok: 'good', warn: 'wait', fail: 'bad' } as const satisfies Record<Finding['state'], string>;

export async function run({ repo, connect, out, nodeVersion, now }: Invocation): Promise<Exit> {
  const opened = await repo();
  if (!opened.ok) return opened.failure;
  const { findings, drivers } = await examineAll(opened.value, await connect(), nodeVersion, now());
  const failed = findings.filter(({ state }) => state === 'fail').length;
  if (out.traits.json) {
    out.json({ findings, drivers, ok: failed === 0 });
    return failed === 0 ? 0 : 2;
  }
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const { check, state, found, mend } of findings) {
    out.line(`${out.paint(STYLES[state], state.padEnd(4))}  ${check.padEnd(width)}  ${printable(found)}`);
    if (state !== 'ok' && mend !== undefined) out.line(`${' '.repeat(width + 8)}→ ${printable(mend)}`);
  }
  out.line();
  for (const line of enforcementTable(drivers)) out.line(printable(line));
  const warned = findings.filter(({ state }) => state === 'warn').length;
  out.line();
  out.line(
    failed > 0
      ? `${String(failed)} to mend`
      : warned > 0
        ? `all that work needs is there; ${String(warned)} to look at`
        : 'all is well',
  );
  return failed === 0 ? 0 : 2;
}
