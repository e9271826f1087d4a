import { findOrder } from '../../app/orders.js';
import { readEvidence } from '../../app/evidence.js';
import type { Connection } from '../../app/connection.js';
import type { RunId } from '../../core/ids.js';
import { runId } from '../../core/record.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';

const FOLLOW_MS = 200;

export async function run({ connect, out, args, flag, signal }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const id = args[0] ?? '';
  const shown = new Map<string, number>();
  let found = await findOrder(tools, id);
  for (;;) {
    if (!found.ok) return found.failure;
    if (found.value.state !== 'active') break;
    await showLive(connection.value, runId(found.value.record.run), shown, out);
    if (!flag('follow') || signal.aborted) return 0;
    await tools.clock.sleep(FOLLOW_MS, signal);
    found = await findOrder(tools, id);
  }
  if (found.value.record.run === undefined) {
    out.note(`order ${id} is ${found.value.state}; it has not run yet`);
    return 0;
  }
  const evidence = await readEvidence(tools, id);
  if (!evidence.ok) return evidence.failure;
  for (const [name, bytes] of evidence.value.files) {
    const step = /^steps\/\d+-([^/]+)\.log$/.exec(name)?.[1];
    if (step !== undefined) show(step, Buffer.from(bytes).toString('utf8'), shown, out);
  }
  return 0;
}

async function showLive({ tools }: Connection, run: RunId, shown: Map<string, number>, out: Output): Promise<void> {
  for (const { step, text } of await tools.runFiles.liveLogs(run)) show(step, text, shown, out);
}

/** Prints what a step's log has beyond what was shown of it before. */
function show(step: string, text: string, shown: Map<string, number>, out: Output): void {
  const from = shown.get(step) ?? 0;
  if (text.length <= from) return;
  const lines = text.slice(from);
  if (from === 0 || [...shown.keys()].at(-1) !== step) out.line(out.paint('strong', `── ${step} ──`));
  shown.delete(step);
  shown.set(step, text.length);
  out.raw(printable(lines));
  if (!lines.endsWith('\n')) out.line();
}
