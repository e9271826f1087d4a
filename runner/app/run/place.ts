import type { Reach } from '../../core/command.js';
import { note } from '../../core/egress.js';
import { ok, type Failure, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import { stepTimeMs } from '../../core/step-limits.js';
import type { ExecEnd, ExecSpec, Sandbox } from '../ports/sandbox.js';
import { factsOf, type RunContext } from './context.js';
import type { Held, OpenSandbox, Trees } from './trees.js';

/** Where the scripts of a step are executed: a sandbox on its tree, with an output folder of the step's own in it. */
export interface StepPlace {
  readonly sandbox: OpenSandbox;
  /** The output folder's name. */
  readonly out: string;
}

/** The place that reaches what a script may reach: the one before, where that does. `key` names the sandbox. */
export async function openPlace(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  key: string,
  network: Reach,
  before: StepPlace | null = null,
): Promise<Result<StepPlace>> {
  const sandbox = await trees.sandbox(held, node, key, network);
  if (!sandbox.ok) return sandbox;
  if (sandbox.value === before?.sandbox) return ok(before);
  const { opened, outDir } = sandbox.value;
  factsOf(context, node.key).imageDigest = opened.imageDigest;
  const out = await context.tools.runFiles.stepOut(outDir, node.key, context.driver.owner);
  return ok({ sandbox: sandbox.value, out });
}

/** How long a step may go on that took so long already, and what it has come to when that is over. */
export function timeLimit(
  context: RunContext,
  node: Node,
  takenMs = 0,
): { readonly ms: number; readonly failure: Extract<Failure, { class: 'timeout' }> } {
  const limitMs = stepTimeMs(node.step, context.policy);
  const leftMs = Math.max(0, limitMs - takenMs);
  const remainingMs = Math.max(0, context.remainingMs());
  return leftMs <= remainingMs
    ? { ms: leftMs, failure: { class: 'timeout', step: node.key, limitMs, what: 'step' } }
    : { ms: remainingMs, failure: { class: 'timeout', step: node.key, limitMs: remainingMs, what: 'run' } };
}

/** What a script of a step is executed with; `env` is added to what every step finds. */
export type ScriptExecution = Required<Pick<ExecSpec, 'env' | 'secrets' | 'onOutput' | 'timeoutMs' | 'signal'>>;

/** Runs one script as a step. What a bad end means is the caller's to say. */
export function execute(
  context: RunContext,
  node: Node,
  { sandbox, out }: StepPlace,
  script: string,
  { env, ...execution }: ScriptExecution,
): Promise<Result<ExecEnd>> {
  const { opened, caches } = sandbox;
  return opened.exec({
    ...execution,
    script: caches.links(opened.paths) + script,
    env: { ...environment(context, node, opened, out), ...env },
    begin: context.begin,
    onAsked: (asked) => {
      // A name can carry out what its host never gets to see.
      note(factsOf(context, node.key).network, context.secrets.masked(asked));
    },
  });
}

/** Order text and inputs reach a step as variables and as the file `order.json`, never as part of a command line. */
function environment(
  context: RunContext,
  node: Node,
  { paths }: Sandbox,
  out: string,
): Readonly<Record<string, string>> {
  const { record } = context.journal.order;
  const variable = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const inputs = Object.entries(context.inputs).map(([name, value]) => [
    `PUSHPALS_INPUT_${variable(name)}`,
    text(value),
  ]);
  const matrix = Object.entries(node.matrix).map(([name, value]) => [`MATRIX_${variable(name)}`, String(value)]);
  return {
    ...(Object.fromEntries([...inputs, ...matrix]) as Record<string, string>),
    ...node.step.env,
    PUSHPALS_ORDER: record.id,
    PUSHPALS_RUN: record.run.id,
    PUSHPALS_STEP: node.key,
    PUSHPALS_GOAL: record.order.goal.replaceAll('\0', ''),
    PUSHPALS_ORDER_FILE: `${paths.in}/order.json`,
    PUSHPALS_OUT: `${paths.out}/${out}`,
  };
}
