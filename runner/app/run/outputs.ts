import { fail, ok, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import { factsOf, type RunContext } from './context.js';
import { searchOutputs } from './secret-scan.js';

/** The step's `outputs.json`, checked against the step's schema. */
export async function takeOutputs(context: RunContext, node: Node, outDir: string): Promise<Result<unknown>> {
  const collected = await context.tools.runFiles.collect(outDir, node.key);
  if (!collected.ok) return collected;
  const clean = await searchOutputs(context, node, collected.value);
  if (!clean.ok) return clean;
  const facts = factsOf(context, node.key);
  facts.files = [...collected.value.files];
  facts.notes.push(...collected.value.notes.map((note) => context.secrets.maskedText(note)));
  const { outputs } = collected.value;
  if (node.step.outputs === undefined) return ok(outputs);
  if (outputs === undefined)
    return fail({
      class: 'output-invalid',
      step: node.key,
      why: 'the step wrote no `outputs.json` into `$PUSHPALS_OUT`',
    });
  const check = await context.tools.formats.valueChecker(node.step.outputs);
  const faults = check(outputs);
  return faults.length === 0 ? ok(outputs) : fail({ class: 'output-invalid', step: node.key, why: faults.join('; ') });
}
