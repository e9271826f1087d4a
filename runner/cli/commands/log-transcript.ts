import { readEvidence } from '../../app/evidence.js';
import { findOrder } from '../../app/orders.js';
import type { RunFiles } from '../../app/ports/run-files.js';
import { readTranscript } from '../../core/agents/read-transcript.js';
import type { RunId } from '../../core/ids.js';
import { runId, type StoredOrder } from '../../core/record.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';
import { transcriptScreen } from '../screens/transcript.js';

const FOLLOW_MS = 200;

/** The conversations of a run's agents: of one that is under way as they go on, of one that has ended from its evidence. */
export async function showTranscripts({ connect, out, args, flag, option, signal, page }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const name = args[0] ?? '';
  const follows = flag('follow');
  const screen = new TranscriptScreen(out, option('step') ?? null);
  for (;;) {
    const order = await findOrder(tools, name);
    const live = order.ok && order.value.state === 'active' ? order.value : null;
    if (live === null) {
      if (order.ok && follows && isToCome(order.value) && !signal.aborted) {
        await tools.clock.sleep(FOLLOW_MS, signal);
        continue;
      }
      const evidence = await readEvidence(tools, name);
      if (!evidence.ok) return evidence.failure;
      for (const [path, bytes] of evidence.value.files) {
        const step = /^steps\/\d+-([^/]+)\.transcript\.ndjson$/.exec(path)?.[1];
        if (step !== undefined) screen.whole(step, bytes);
      }
      if (screen.isEmpty) out.note(`no agent worked in ${name}${option('step') === undefined ? '' : ` in that step`}`);
      else if (!follows && !out.traits.json && !flag('no-pager') && (await page(screen.text()))) return 0;
      screen.flush();
      return 0;
    }
    const run = runId(live.record.run);
    while (await screen.followAll(tools.runFiles, run));
    screen.flush();
    if (!follows || signal.aborted) {
      if (screen.isEmpty) out.note(`no agent of ${name} has said anything yet`);
      return 0;
    }
    await tools.clock.sleep(FOLLOW_MS, signal);
    if (signal.aborted) return 0;
  }
}

const isToCome = ({ state }: StoredOrder): boolean => state === 'queue' || state === 'waiting';

/** What was read of each step's transcript, and what of it is to be printed. */
class TranscriptScreen {
  /** Bytes that were read, by step. */
  readonly read = new Map<string, number>();
  readonly #lines = new Map<string, number>();
  readonly #open = new Map<string, Buffer>();
  #last = '';
  #text: string[] = [];
  #shown = false;

  constructor(
    private readonly out: Output,
    private readonly only: string | null,
  ) {}

  get isEmpty(): boolean {
    return !this.#shown && this.#text.length === 0;
  }

  /** Takes in what came since the last look; a line without an end waits for it. */
  #follow(step: string, bytes: Uint8Array): void {
    this.read.set(step, (this.read.get(step) ?? 0) + bytes.length);
    const all = Buffer.concat([this.#open.get(step) ?? Buffer.alloc(0), bytes]);
    const end = all.lastIndexOf(0x0a) + 1;
    this.#open.set(step, all.subarray(end));
    this.#add(step, all.subarray(0, end).toString('utf8'));
  }

  /** Takes in a transcript that has ended, but for the lines that were shown as they came. */
  whole(step: string, bytes: Uint8Array): void {
    const lines = Buffer.from(bytes).toString('utf8').split('\n');
    this.#add(step, lines.slice(this.#lines.get(step) ?? 0).join('\n'));
  }

  #add(step: string, text: string): void {
    const firstLine = (this.#lines.get(step) ?? 0) + 1;
    this.#lines.set(step, firstLine - 1 + text.split('\n').length - 1);
    if (text === '' || (this.only !== null && step !== this.only)) return;
    const lines = readTranscript(text, firstLine);
    if (this.out.traits.json) {
      for (const each of lines)
        this.#text.push(
          JSON.stringify('entry' in each ? { step, ...each.entry } : { step, line: each.line, problem: each.problem }),
        );
      return;
    }
    if (this.#last !== step) this.#text.push(this.out.paint('strong', `── ${printable(step)} ──`));
    this.#last = step;
    this.#text.push(...transcriptScreen(lines, this.out.paint));
  }

  /** True if something new was there; there may be more. */
  async followAll(files: RunFiles, run: RunId): Promise<boolean> {
    const found = await files.liveTranscripts(run, this.read);
    for (const { step, bytes } of found) this.#follow(step, bytes);
    return found.length > 0;
  }

  text(): string {
    return `${this.#text.join('\n')}\n`;
  }

  flush(): void {
    for (const line of this.#text) this.out.line(line);
    this.#shown ||= this.#text.length > 0;
    this.#text = [];
  }
}
