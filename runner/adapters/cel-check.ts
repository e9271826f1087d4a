import { parse } from '@bufbuild/cel';
import type { Cel } from '../core/cel.js';

/** The grammar alone, which is a fifth of the evaluator: most of what is checked is not evaluated in the same process. */
export const check: Cel['check'] = (expression, variables) => {
  let parsed: unknown;
  try {
    // Only the expression itself: the source information beside it holds macros before they are expanded.
    parsed = parse(expression).expr;
  } catch (error) {
    // The parser throws for bad syntax only, and its message carries the position.
    if (error instanceof Error) return error.message.replace(/^<input>:/, 'at ');
    throw error;
  }
  const unknown = freeNames(parsed, new Set(variables));
  if (unknown.size === 0) return null;
  return `unknown name ${[...unknown].map((name) => `\`${name}\``).join(', ')}; there are ${variables.join(', ')}`;
};

/** Names that an expression uses and that neither it nor its surroundings define. */
function freeNames(node: unknown, known: ReadonlySet<string>, free = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) {
    for (const item of node) freeNames(item, known, free);
    return free;
  }
  if (node === null || typeof node !== 'object') return free;
  const { exprKind } = node as { exprKind?: { case?: string; value?: Record<string, unknown> } };
  if (exprKind?.case === 'identExpr') {
    const name = String(exprKind.value?.['name']);
    if (!known.has(name) && !TYPE_NAMES.has(name)) free.add(name);
    return free;
  }
  if (exprKind?.case === 'comprehensionExpr' && exprKind.value !== undefined) {
    const { iterVar, iterVar2, accuVar } = exprKind.value;
    const inside = new Set([...known, String(iterVar), String(iterVar2), String(accuVar)]);
    for (const part of Object.values(exprKind.value)) freeNames(part, inside, free);
    return free;
  }
  for (const part of Object.values(node)) freeNames(part, known, free);
  return free;
}

const TYPE_NAMES: ReadonlySet<string> = new Set([
  ...['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'timestamp', 'duration', 'type', 'uint'],
  'google',
]);
