import { fail, ok, type Result } from '../../core/failure.js';
import { copies } from '../../core/outside/own-words.js';
import type { Node } from '../../core/graph.js';
import { factsOf, type RunContext } from './context.js';
import { searchOutputs } from './secret-scan.js';

/** The step's `outputs.json`, checked against the step's schema. */
export async function takeOutputs(context: RunContext, node: Node, outDir: string): Promise<Result<unknown>> {
  const read = await readOutputs(context, node, outDir);
  if (!read.ok || node.step.outputs === undefined) return read;
  const why = await outputFaults(context, node.step.outputs, read.value);
  return why === null ? read : fail({ class: 'output-invalid', step: node.key, why });
}

/** What a step left in its output folder, looked through for secrets and kept for the evidence; the value is its `outputs.json`, undefined where there is none. */
export async function readOutputs(context: RunContext, node: Node, outDir: string): Promise<Result<unknown>> {
  const collected = await context.tools.runFiles.collect(outDir, node.key);
  if (!collected.ok) return collected;
  const clean = await searchOutputs(context, node, collected.value);
  if (!clean.ok) return clean;
  const facts = factsOf(context, node.key);
  facts.files = [...collected.value.files];
  facts.notes.push(...collected.value.notes.map((note) => context.secrets.maskedText(note)));
  return ok(collected.value.outputs);
}

/** Why outputs do not fit a JSON Schema, or list orders that copy what was said outside; null where they do fit. */
export async function outputFaults(
  { tools, journal }: RunContext,
  schema: Readonly<Record<string, unknown>>,
  outputs: unknown,
): Promise<string | null> {
  if (outputs === undefined) return 'the step wrote no `outputs.json` into `$PUSHPALS_OUT`';
  const { order } = journal.order.record;
  const { orders } = (outputs ?? {}) as { readonly orders?: unknown };
  const faults = [...(await tools.formats.valueChecker(schema))(outputs), ...copies(order, orders)];
  return faults.length === 0 ? null : faults.join('; ');
}
