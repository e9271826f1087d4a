import { scriptsOf, type Script } from '../../core/command.js';
import { refusedInWords } from '../../core/egress.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { ExecEnd } from '../ports/sandbox.js';
import type { OpenCaches } from './caches.js';
import { factsOf, type RunContext } from './context.js';
import { redacted } from '../redact.js';
import { execute, openPlace, timeLimit, type ScriptExecution, type StepPlace } from './place.js';
import type { Held, Trees } from './trees.js';

/** How many refused hosts a failure names; the evidence has all of them. */
const MOST_REFUSALS = 5;

/** The scripts of a `run` or `check`. A named command was found by `validate`; one that is gone since is a failure, not a bug. */
function scriptsFor(context: RunContext, { step }: Node): Result<readonly Script[]> {
  const scripts = scriptsOf(step, context.project);
  if (!('missing' in scripts)) return ok(scripts);
  const message = `pushpals.yml has no command \`${scripts.missing}\``;
  return fail({
    class: 'config-invalid',
    problems: [{ file: 'pushpals.yml', line: 1, column: 1, excerpt: '', message, hint: `Add it under \`commands:\`.` }],
  });
}

/** How a step's scripts ended: the end of the last one that ran. */
export interface StepExecution {
  readonly end: ExecEnd;
  /** What was printed, head and tail kept. */
  readonly text: string;
  /** The last lines of what was printed. */
  readonly tail: string;
  /** The output folder of the sandbox that ran last. */
  readonly outDir: string;
  /** What its sandboxes were given to fill. */
  readonly caches: readonly OpenCaches[];
}

interface ExecuteOptions {
  /** Stands above the log. */
  readonly headline?: string;
  /** Added to the scripts' own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told of what is printed, masked. */
  readonly onMasked?: (chunk: Uint8Array) => void;
  /** Ends what runs when it aborts: not a failure, the end says that it was cancelled. */
  readonly stop?: AbortSignal;
}

/**
 * Runs a step's scripts on a tree one after the other, until one does not succeed, each in a sandbox that reaches what that script
 * may reach. What they print and how they end goes into the step's facts. `key` names the sandbox.
 */
export async function executeOn(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  key: string,
  options: ExecuteOptions = {},
): Promise<Result<StepExecution>> {
  const scripts = scriptsFor(context, node);
  return scripts.ok ? executeScripts(context, trees, node, held, key, scripts.value, options) : scripts;
}

/** The same for scripts that are not the step's own command. */
export async function executeScripts(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  key: string,
  scripts: readonly Script[],
  { headline = '', env = {}, onMasked, stop }: ExecuteOptions,
): Promise<Result<StepExecution>> {
  const handed = await context.secrets.handedTo(node);
  if (!handed.ok) return handed;
  const secrets = handed.value;
  const facts = factsOf(context, node.key);
  if (secrets.length > 0) facts.secrets = [...new Set(secrets.map(({ name }) => name))];
  const masker = context.secrets.masker();
  const log = context.tools.runFiles.log(context.run, node.key);
  if (headline !== '') log.write(Buffer.from(headline));
  const keep = (masked: Uint8Array): void => {
    log.write(masked);
    onMasked?.(masked);
  };
  const onOutput = (chunk: Uint8Array): void => {
    keep(masker.write(chunk));
  };
  const signal = stop === undefined ? context.signal : AbortSignal.any([context.signal, stop]);
  const ran = await inTurn(context, trees, node, held, key, scripts, { env, secrets, onOutput, signal });
  keep(masker.end());
  const ended = await log.end();
  const clean = (text: string): Promise<string> => redacted(context.tools.scanner, `${node.key}.log`, text);
  const [text, tail] = await Promise.all([clean(ended.text), clean(ended.tail)]);
  const kept = { ...ended, text, tail };
  facts.log += kept.text;
  facts.logBytes += kept.bytes;
  if (!ran.ok) return ran;
  const { cancelled, exceeded } = ran.value.end;
  if (exceeded !== null) return fail({ class: 'limit-exceeded', step: node.key, ...exceeded, tail: kept.tail });
  const wasStopped = stop?.aborted === true && !context.signal.aborted;
  if (cancelled && !wasStopped) return fail({ class: 'claim-lost', order: context.journal.order.record.id });
  return ok({ ...ran.value, text: kept.text, tail: kept.tail });
}

/** What every script of a step is executed with. */
type Execution = Omit<ScriptExecution, 'timeoutMs'>;

async function inTurn(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  key: string,
  scripts: readonly Script[],
  exec: Execution,
): Promise<Result<Omit<StepExecution, 'tail' | 'text'>>> {
  const caches: OpenCaches[] = [];
  let place: StepPlace | null = null;
  for (const [index, { text, network }] of scripts.entries()) {
    const opened = await openPlace(context, trees, node, held, key, network, place);
    if (!opened.ok) return opened;
    if (opened.value !== place) caches.push(opened.value.sandbox.caches);
    place = opened.value;
    const { ms, failure } = timeLimit(context, node);
    const end = await execute(context, node, place, text, { ...exec, timeoutMs: ms });
    if (!end.ok) return end;
    if (end.value.timedOut) return fail(failure);
    if (end.value.exitCode !== 0 || end.value.exceeded !== null || index === scripts.length - 1)
      return ok({ end: end.value, outDir: place.sandbox.outDir, caches });
  }
  throw new RangeError(`step ${node.key} has nothing to run`);
}

/** What a step's failure says of the network: the hosts that it was refused. */
export function refusals(context: RunContext, key: string): { readonly refused?: readonly string[] } {
  const refused = refusedInWords(factsOf(context, key).network).slice(0, MOST_REFUSALS);
  return refused.length === 0 ? {} : { refused };
}
