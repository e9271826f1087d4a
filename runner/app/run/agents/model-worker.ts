import { ok, type Failure } from '../../../core/failure.js';
import { charsOf } from '../../../core/agents/history.js';
import { FIRST_GUESS } from '../../../core/agents/compaction.js';
import { systemPrompt, taskPrompt } from '../../../core/agents/prompt.js';
import { SUBMIT, toolSpecs } from '../../../core/agents/tools.js';
import { copies } from '../../../core/outside/own-words.js';
import type { ToolSpec } from '../../../core/agents/message.js';
import { describeFailure } from '../../../core/describe-failure.js';
import { factsOf } from '../context.js';
import { searchValue } from '../secret-scan.js';
import { Backends } from './backends.js';
import { Conversation } from './conversation.js';
import { Loop, type Check } from './loop.js';
import { readGuidance } from './read-files.js';
import { Recorder } from './recorder.js';
import type { AgentTask, AgentWorker } from './task.js';
import { toldOf } from './told.js';
import { Toolbox } from './toolbox.js';

/** Of a window, how much one result of a tool may take; and how many characters at the most. */
const RESULT_SHARE = 0.15;
const MOST_RESULT_CHARS = 16_000;

/** Has a model work with its tools: they are executed in the sandbox, the model is reached from the runner. */
export const modelWorker: AgentWorker = async (task) => {
  const backends = new Backends(task);
  const record = new Recorder(task);
  const worked = await work(task, backends, record);
  await record.end(worked.ok ? 'submitted' : outcomeText(worked.failure));
  return worked;
};

async function work(task: AgentTask, backends: Backends, record: Recorder): ReturnType<AgentWorker> {
  const { context, node, agent, returns } = task;
  const backend = await backends.next();
  if (!backend.ok) return backend;
  const { facts } = backend.value;
  factsOf(context, node.key).models = [...(factsOf(context, node.key).models ?? []), facts];
  const guidance = await readGuidance(context);
  const talk = new Conversation(task, backends, backend.value, record);
  const { sha256 } = context.tools;
  const read = [...guidance, ...task.material].flatMap(({ read }) => (read === undefined ? [] : [read]));
  const before = task.talk ?? null;
  record.begin({ by: facts, budget: talk.left, ...(before === null ? {} : { goesOn: true as const }), read });
  const rules = { role: 'system', text: systemPrompt(agent) } as const;
  const remembers = !task.readOnly && context.policy.knowledge?.lands !== 'none';
  const specs = toolSpecs(agent, { readOnly: task.readOnly, remembers }, returns);
  const room = talk.window - charsOf([rules], specs);
  const asked = { role: 'user', text: taskPrompt(toldOf(task, guidance), room, sha256) } as const;
  for (const message of [rules, asked]) {
    talk.say(message);
    record.message(message);
  }
  if (before !== null) talk.resume(before);
  const most = Math.min(MOST_RESULT_CHARS, Math.floor(facts.contextTokens * FIRST_GUESS * RESULT_SHARE));
  const toolbox = new Toolbox(task, most, talk.timeLeft);
  const done = await new Loop(task, talk, toolbox, record, specs, await checksOf(task, specs)).run();
  if (!done.ok) return done;
  const clean = await searchValue(context, node, `what the agent of step ${node.key} returned`, done.value.outputs);
  return clean.ok ? ok(done.value) : clean;
}

/** What is to be checked of each call: its parameters, by the schema that the model was told; and that it lists no orders that copy what was said outside. */
async function checksOf({ context }: AgentTask, specs: readonly ToolSpec[]): Promise<ReadonlyMap<string, Check>> {
  const { formats } = context.tools;
  const { order } = context.journal.order.record;
  const checks = specs.map(async ({ name, parameters }) => {
    const fits = await formats.valueChecker(parameters);
    const check: Check = (given) => [...fits(given), ...(name === SUBMIT ? copies(order, ordersIn(given)) : [])];
    return [name, check] as const;
  });
  return new Map(await Promise.all(checks));
}

const ordersIn = (answer: unknown): unknown => (answer as { readonly orders?: unknown } | null)?.orders;

function outcomeText(failure: Failure): string {
  return `${failure.class}: ${describeFailure(failure).what}`;
}
