import { isCelError, isCelList, isCelMap, isCelUint, run, type CelInput, type CelValue } from '@bufbuild/cel';
import type { Cel } from '../core/cel.js';

/** CEL by Buf's conformant evaluator, whose regular expressions are RE2's: linear in the text, which is untrusted. */
export const evaluate: Cel['evaluate'] = (expression, variables) => {
  const bindings = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, toCel(value)]));
  const result = run(expression, bindings);
  return isCelError(result) ? { ok: false, why: result.message } : { ok: true, value: fromCel(result) };
};

/** JSON's whole numbers are CEL's `int`, so that `inputs.issue == 812` holds. */
function toCel(value: unknown): CelInput {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value !== null && typeof value === 'object') {
    return new Map(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
  }
  return (value ?? null) as CelInput;
}

function fromCel(value: CelValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (isCelUint(value)) return Number(value.value);
  if (isCelList(value)) return [...value].map(fromCel);
  if (isCelMap(value)) return Object.fromEntries([...value].map(([key, item]) => [String(key), fromCel(item)]));
  return value;
}
