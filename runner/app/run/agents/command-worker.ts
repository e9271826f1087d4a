import { usedUp, exceeded, type UsedUp } from '../../../core/agents/budget.js';
import { commandScript } from '../../../core/agents/command-line.js';
import { commandPrompt, repairPrompt } from '../../../core/agents/command-prompt.js';
import type { AgentEvent, EventReader } from '../../../core/agents/events/event.js';
import { Lines } from '../../../core/agents/events/lines.js';
import { readerOf } from '../../../core/agents/events/readers.js';
import { NO_USAGE, minus } from '../../../core/agents/usage.js';
import { networkOf } from '../../../core/command.js';
import { LESSONS_FILE } from '../../../core/knowledge/lesson.js';
import { parseJson } from '../../../core/parse-json.js';
import { fail, ok, type Failure, type Result } from '../../../core/failure.js';
import type { Agent } from '../../../generated/types.js';
import { executeScripts, refusals } from '../command.js';
import { factsOf } from '../context.js';
import { outputFaults, readOutputs } from '../outputs.js';
import { CommandTranscript } from './command-transcript.js';
import type { AgentTask, AgentWorker } from './task.js';
import { toldOf } from './told.js';

/** How often it is asked at most: once more where its answer does not fit. */
const MOST_RUNS = 2;

/** Has a command-line agent work in the sandbox, as any command of a step does: same sandbox, limits, network, secrets and log. */
export const commandWorker: AgentWorker = async (task) => {
  const transcript = new CommandTranscript(task);
  const worked = await work(task, transcript);
  await transcript.end(worked.ok ? 'done' : worked.failure.class);
  return worked;
};

async function work(task: AgentTask, transcript: CommandTranscript): ReturnType<AgentWorker> {
  const { context, node, agent, returns } = task;
  const { command } = agent;
  if (command === undefined) throw new TypeError(`the agent ${agent.agent} is no command`);
  const schema = returns ?? node.step.outputs;
  const { sha256 } = context.tools;
  // Such agents read the project's own guidance by themselves.
  let prompt = commandPrompt({ ...task, told: toldOf(task, []) }, sha256);
  for (let run = 1; ; run += 1) {
    const ran = await runOnce(task, command, prompt, transcript);
    if (!ran.ok) return ran;
    const read = await readOutputs(context, node, ran.value.outDir);
    if (!read.ok && (schema === undefined || read.failure.class !== 'output-invalid')) return read;
    const faults = read.ok
      ? schema === undefined
        ? null
        : await outputFaults(context, schema, read.value)
      : whyOf(read.failure);
    if (read.ok && faults === null)
      return ok({ ...(read.value === undefined ? {} : { outputs: read.value }), ...lessonsOf(task) });
    const why = faults ?? '';
    if (schema === undefined || run === MOST_RUNS) return fail({ class: 'model-output-invalid', step: node.key, why });
    transcript.note(`its answer does not fit: ${why}`);
    prompt = repairPrompt(schema, why, sha256);
  }
}

/** What it left to be remembered; what is no JSON is said to be no list. */
function lessonsOf({ context, node, readOnly }: AgentTask): { readonly lessons?: unknown } {
  const file = factsOf(context, node.key).files.find(({ name }) => name === LESSONS_FILE);
  return readOnly || file === undefined ? {} : { lessons: parseJson(Buffer.from(file.bytes).toString('utf8')) };
}

const whyOf = (failure: Failure): string => ('why' in failure ? failure.why : failure.class);

/** Runs the command once, reads what it prints, and ends it when it has used more than it may. */
async function runOnce(
  task: AgentTask,
  command: NonNullable<Agent['command']>,
  prompt: string,
  transcript: CommandTranscript,
): Promise<Result<{ readonly outDir: string }>> {
  const { context, trees, node, held, agent } = task;
  const { ledger, project } = context;
  const budget = agent.budget ?? {};
  const spent = ledger.usedUp ?? usedUp(budget, { spent: ledger.own(node.key) });
  if (spent !== null) return fail({ class: 'budget-exhausted', step: node.key, ...spent });
  transcript.told(prompt);
  const stop = new AbortController();
  let over: UsedUp | null = null;
  const heard = new Heard(readerOf(command.events ?? 'none'), (events, usage) => {
    ledger.spend(node.key, usage);
    for (const [index, event] of events.entries()) transcript.heard(event, index === 0 ? usage : NO_USAGE);
    over ??= ledger.exceeded ?? exceeded(budget, { spent: ledger.own(node.key) });
    if (over !== null) stop.abort();
  });
  const script = { text: commandScript(command, prompt), network: networkOf(node.step, project) };
  const ran = await executeScripts(context, trees, node, held, node.key, [script], {
    stop: stop.signal,
    onMasked: (chunk) => {
      heard.write(chunk);
    },
  });
  heard.end();
  if (heard.leftOut > 0) transcript.note(`${String(heard.leftOut)} line(s) were too long to be read`);
  if (!ran.ok) return ran;
  const { end, tail, outDir } = ran.value;
  factsOf(context, node.key).exitCode = end.exitCode;
  if (end.cancelled && over !== null) return fail({ class: 'budget-exhausted', step: node.key, ...(over as UsedUp) });
  if (end.exitCode === 0 && !heard.failed) return ok({ outDir });
  return fail({
    class: 'step-failed',
    step: node.key,
    exitCode: end.exitCode,
    tail: end.exitCode === 0 ? `the agent says that it failed\n${tail}` : tail,
    ...(end.signal === undefined ? {} : { signal: end.signal }),
    ...refusals(context, node.key),
  });
}

/** What a command prints, as events, with what was used since the ones before. */
class Heard {
  readonly #lines = new Lines();
  #counted = NO_USAGE;
  #failed = false;

  constructor(
    private readonly reader: EventReader,
    private readonly tell: (events: readonly AgentEvent[], usage: ReturnType<typeof minus>) => void,
  ) {}

  /** Whether the last that it said of its end is that it could not go on. */
  get failed(): boolean {
    return this.#failed;
  }

  get leftOut(): number {
    return this.#lines.leftOut;
  }

  write(chunk: Uint8Array): void {
    for (const line of this.#lines.write(chunk)) this.#take(this.reader.read(line));
  }

  end(): void {
    for (const line of this.#lines.end()) this.#take(this.reader.read(line));
    this.#take(this.reader.end());
  }

  #take(events: readonly AgentEvent[]): void {
    for (const event of events) if (event.type === 'end') this.#failed = !event.ok;
    const { used } = this.reader;
    const usage = minus(used, this.#counted);
    this.#counted = used;
    if (events.length > 0 || Object.values(usage).some((count) => count > 0)) this.tell(events, usage);
  }
}
