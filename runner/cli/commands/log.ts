import { readEvidence } from '../../app/evidence.js';
import { findOrder } from '../../app/orders.js';
import type { RunFiles } from '../../app/ports/run-files.js';
import { runId, type StoredOrder } from '../../core/record.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';

const FOLLOW_MS = 200;
/** Characters of a line without an end that are held back; a step could print one for ever. */
const OPEN_LINE_MAX = 65_536;
const ENDED = new Set<StoredOrder['state']>(['done', 'failed', 'cancelled']);

export async function run(invocation: Invocation): Promise<Exit> {
  if (invocation.flag('transcript')) return (await import('./log-transcript.js')).showTranscripts(invocation);
  const { connect, out, args, flag, option, signal } = invocation;
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const id = args[0] ?? '';
  const follows = flag('follow');
  const screen = new LogScreen(out, option('step') ?? null);
  let said = '';
  for (;;) {
    const found = await findOrder(tools, id);
    if (!found.ok) return found.failure;
    const order = found.value;
    if (order.state === 'active') {
      while (await screen.showLive(tools.runFiles, order));
      if (follows && said !== 'gone' && tools.processes.alive(order.record.run.claimant) === false) {
        said = 'gone';
        out.note(`the runner of order ${id} is gone; the next tick goes on with it`);
      }
    } else if (ENDED.has(order.state) || !follows) {
      if (order.record.run === undefined) {
        out.note(`order ${id} is ${order.state}; it has not run yet`);
        return 0;
      }
      const evidence = await readEvidence(tools, id);
      if (!evidence.ok) return evidence.failure;
      screen.showEvidence(order.record.run.id, evidence.value.files);
      screen.close();
      if (follows) out.note(`order ${id}: ${howItEnded(order)}`);
      return 0;
    } else if (said !== order.state) {
      said = order.state;
      out.note(`order ${id} is ${said === 'queue' ? 'in the queue' : said}; its output is shown when it runs`);
    }
    if (!follows || signal.aborted) {
      screen.close();
      return 0;
    }
    await tools.clock.sleep(FOLLOW_MS, signal);
    if (signal.aborted) return 0;
  }
}

function howItEnded(order: StoredOrder): string {
  if (!('ended' in order.record)) return order.state;
  const { outcome, failure } = order.record.ended;
  return `${order.state} (${failure?.class ?? outcome})`;
}

interface Shown {
  /** Bytes of the live log that were read. */
  bytes: number;
  readonly decoder: InstanceType<typeof TextDecoder>;
}

/** What a kept log has beyond so many bytes of the whole one, of which it holds head and tail. */
function restOf(kept: string, shown: number): string {
  const [head = '', mark = '', cut = '0', tail = ''] = kept.split(/(\n\[(\d+) bytes are cut out here\]\n)/);
  const length = (text: string): number => Buffer.byteLength(text);
  if (mark === '') return Buffer.from(kept).subarray(shown).toString('utf8');
  if (shown < length(head)) return Buffer.from(kept).subarray(shown).toString('utf8');
  const missing = length(head) + Number(cut) + length(tail) - shown;
  if (missing <= 0) return '';
  return missing >= length(tail) ? mark + tail : Buffer.from(tail).subarray(-missing).toString('utf8');
}

/** Prints logs as they grow, and says whose output follows whenever that changes. */
class LogScreen {
  #run = '';
  #shown = new Map<string, Shown>();
  #last = '';
  /** A line that has no end yet: its beginning could be one half of what must not be printed. */
  #open = '';

  constructor(
    private readonly out: Output,
    private readonly only: string | null,
  ) {}

  /** True if something new was shown; there may be more. */
  async showLive(files: RunFiles, order: Extract<StoredOrder, { state: 'active' }>): Promise<boolean> {
    const run = runId(order.record.run);
    this.#begin(run);
    const read = new Map([...this.#shown].map(([step, { bytes }]) => [step, bytes]));
    const found = await files.liveLogs(run, read);
    for (const { step, bytes } of found) {
      const shown = this.#of(step);
      shown.bytes += bytes.length;
      this.#print(step, shown.decoder.decode(bytes, { stream: true }));
    }
    return found.length > 0;
  }

  /** What the evidence of a run has beyond what was shown of it live. */
  showEvidence(run: string, files: ReadonlyMap<string, Uint8Array>): void {
    this.#begin(run);
    for (const [name, bytes] of files) {
      const step = /^steps\/\d+-([^/]+)\.log$/.exec(name)?.[1];
      if (step !== undefined) this.#print(step, restOf(Buffer.from(bytes).toString('utf8'), this.#of(step).bytes));
    }
  }

  /** Another attempt writes its logs anew. */
  #begin(run: string): void {
    if (run !== this.#run) this.#shown = new Map();
    this.#run = run;
  }

  #of(step: string): Shown {
    const known = this.#shown.get(step) ?? { bytes: 0, decoder: new TextDecoder() };
    this.#shown.set(step, known);
    return known;
  }

  #print(step: string, text: string): void {
    if (text === '') return;
    if (this.only !== null && step !== this.only) return;
    if (this.#last !== step) {
      this.close();
      this.out.line(this.out.paint('strong', `── ${step} ──`));
    }
    this.#last = step;
    const all = this.#open + text;
    const end = all.length > OPEN_LINE_MAX ? all.length : all.lastIndexOf('\n') + 1;
    this.out.raw(printable(all.slice(0, end)));
    this.#open = all.slice(end);
  }

  /** Ends a line that stands open. */
  close(): void {
    if (this.#open !== '') this.out.line(printable(this.#open));
    this.#open = '';
  }
}
