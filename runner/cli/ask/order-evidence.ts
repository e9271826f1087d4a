import { readEvidence, type Evidence } from '../../app/evidence.js';
import { findOrder } from '../../app/orders.js';
import { ok, type Result } from '../../core/failure.js';
import { epochMs, type Instant } from '../../core/ids.js';
import { parseJson } from '../../core/parse-json.js';
import { runId, type StoredOrder } from '../../core/record.js';
import { span } from '../../core/span.js';
import { tokensOf } from '../../core/agents/usage.js';
import type { Asked } from '../../core/ask/understand.js';
import { printable } from '../output.js';
import { markdownScreen } from '../screens/markdown.js';
import { count, type Answer, type Answerer, type Asking } from './answer.js';

/** Lines of a log that answer a question; `pushpals log` has all. */
const LOG_LINES = 20;

const textOf = ({ files }: Evidence, name: string): string => Buffer.from(files.get(name) ?? '').toString('utf8');

/** An answer from what a run left. An order that has left nothing yet is answered with where it stands. */
const fromEvidence =
  (answer: (evidence: Evidence, named: string, asking: Asking) => Answer): Answerer =>
  async (asked, asking) => {
    const { tools } = asking.connection;
    const found = await findOrder(tools, asked.name ?? '');
    if (!found.ok) return found;
    const early = tooEarly(asked, found.value);
    if (early !== null) return ok(early);
    const named = asked.run ?? asked.name ?? '';
    const evidence = await readEvidence(tools, named);
    return evidence.ok ? ok(answer(evidence.value, named, asking)) : evidence;
  };

function tooEarly({ run }: Asked, { state, record }: StoredOrder): Answer | null {
  const hasEnded = state === 'done' || state === 'failed' || state === 'cancelled';
  if (hasEnded || (record.past?.length ?? 0) > 0 || (run !== null && run !== record.run?.id)) return null;
  const what = record.run === undefined ? 'it has not run yet' : `its run ${record.run.id} has not ended yet`;
  return {
    lines: [`${record.id} has left no evidence: ${what}.`],
    data: { state, ...record },
    command: `pushpals order show ${record.id}`,
  };
}

const runOf = (evidence: Evidence): unknown => parseJson(textOf(evidence, 'run.json'));

/** A section of a report, by its heading. */
const sectionOf = (report: string, title: string): string =>
  new RegExp(`^## ${title}\\n\\n([^]*?)(?=^## |(?![^]))`, 'm').exec(report)?.[1]?.trimEnd() ?? '';

export const orderChanges = fromEvidence((evidence, named, { out }) => ({
  lines: markdownScreen(sectionOf(textOf(evidence, 'report.md'), 'Shipped'), out.traits.width, out.paint),
  data: { folder: evidence.folder, run: runOf(evidence), diff: textOf(evidence, 'diff.patch') },
  command: `pushpals evidence show ${named} --diff`,
}));

export const orderReport = fromEvidence((evidence, named, { out }) => ({
  lines: markdownScreen(textOf(evidence, 'report.md'), out.traits.width, out.paint),
  data: { folder: evidence.folder, run: runOf(evidence), report: textOf(evidence, 'report.md') },
  command: `pushpals evidence show ${named}`,
}));

/** What it used: its last run by the evidence, all its runs together by the record. */
export const orderCost: Answerer = async ({ name }, { connection }) => {
  const { tools } = connection;
  const found = await findOrder(tools, name ?? '');
  if (!found.ok) return found;
  const { id, run, attempts, spent } = found.value.record;
  const ended = 'ended' in found.value.record ? found.value.record.ended?.at : undefined;
  const until = (ended as Instant | undefined) ?? tools.clock.now();
  const lines = [
    run === undefined
      ? `${id} has not run yet.`
      : `${run.id} ${ended === undefined ? 'has taken' : 'took'} ${span(epochMs(until) - epochMs(run.claimedAt as Instant) - (run.waitedMs ?? 0))}${attempts > 1 ? `; it is attempt ${String(attempts)}` : ''}.`,
    spent === undefined
      ? 'It asked no model for anything.'
      : `Models were asked ${count(spent.turns, 'time')}: ${count(tokensOf(spent), 'token')}, $${spent.costUsd.toFixed(4)} by the prices under \`models\`.`,
  ];
  return ok({
    lines,
    data: { run: run ?? null, attempts, spent: spent ?? null },
    command: `pushpals order show ${id}`,
  });
};

/** The end of its last output. */
export const orderLog: Answerer = async (asked, asking) => {
  const { tools } = asking.connection;
  const found = await findOrder(tools, asked.name ?? '');
  if (!found.ok) return found;
  const logs = await logsOf(found.value, asked, asking);
  if (!logs.ok) return logs;
  const last = [...logs.value].findLast(({ text }) => text.trim() !== '');
  const lines = (last?.text.trimEnd() ?? '').split('\n');
  return ok({
    lines:
      last === undefined
        ? [`${asked.run ?? found.value.record.id} has printed nothing.`]
        : [
            `── ${printable(last.step)} ──`,
            ...(lines.length > LOG_LINES ? [`… ${String(lines.length - LOG_LINES)} lines before`] : []),
            ...lines.slice(-LOG_LINES).map(printable),
          ],
    data: logs.value,
    command: `pushpals log ${found.value.record.id}`,
  });
};

async function logsOf(
  order: StoredOrder,
  { run, name }: Asked,
  { connection: { tools } }: Asking,
): Promise<Result<readonly { readonly step: string; readonly text: string }[]>> {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  if (order.state === 'active' && (run === null || run === order.record.run.id)) {
    const live = await tools.runFiles.liveLogs(runId(order.record.run), new Map());
    return ok(live.map(({ step, bytes }) => ({ step, text: text(bytes) })));
  }
  if (order.record.run === undefined) return ok([]);
  const evidence = await readEvidence(tools, run ?? name ?? '');
  if (!evidence.ok) return evidence;
  return ok(
    [...evidence.value.files].flatMap(([path, bytes]) => {
      const step = /^steps\/\d+-([^/]+)\.log$/.exec(path)?.[1];
      return step === undefined ? [] : [{ step, text: text(bytes) }];
    }),
  );
}
