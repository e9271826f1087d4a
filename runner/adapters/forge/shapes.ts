/** What of any forge's answer is read, and how much of it. Whatever does not fit is a fault of the answer as a whole. */
import * as v from 'valibot';
import { instant, type CommitId } from '../../core/ids.js';
import { ForgeFault } from './forge-fault.js';

const MOST_BODY = 200_000;
const MOST_NAME = 1000;

/** Longer texts are cut: nothing that anybody wrote may be too long to be looked at. */
export const text = v.pipe(
  v.nullish(v.string(), ''),
  v.transform((whole) => (whole.length > MOST_BODY ? `${whole.slice(0, MOST_BODY)}…` : whole)),
);
export const name = v.pipe(v.string(), v.maxLength(MOST_NAME));
export const address = v.pipe(v.string(), v.maxLength(2000), v.regex(/^https?:\/\/[^\s]+$/));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const commit = v.pipe(
  v.string(),
  v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  v.transform((id) => id as CommitId),
);
export const at = v.pipe(
  v.string(),
  v.maxLength(100),
  v.check((told) => !Number.isNaN(Date.parse(told)), 'no time'),
  v.transform((told) => instant(Date.parse(told))),
);
/** A branch, as git would have it: what is none could be an option or a path elsewhere. */
export const branch = v.pipe(
  v.string(),
  v.maxLength(MOST_NAME),
  v.regex(/^(?!-)(?!.*(?:\.\.|@\{|\/\/))[^ ~^:?*[\\\u0000-\u001f\u007f]+$/su),
);

/** What of a list anybody can add to does not fit: where it is, for people. */
export class LeftOut {
  constructor(readonly url: string) {}
}

const known = v.pipe(
  v.object({ html_url: v.optional(address), web_url: v.optional(address) }),
  v.transform(({ html_url, web_url }) => html_url ?? web_url),
  v.string(),
  v.transform((url) => new LeftOut(url)),
);

/** An entry of a list that anybody can add to: one that does not fit takes nothing else with it. */
export const listed = <const S extends v.GenericSchema>(schema: S): v.UnionSchema<[S, typeof known], undefined> =>
  v.union([schema, known]);

/** What fits; what does not is told. */
export const fitting = <T>(entries: readonly (T | LeftOut)[], leftOut: (url: string) => void): readonly T[] =>
  entries.filter((entry): entry is T => {
    if (entry instanceof LeftOut) leftOut(entry.url);
    return !(entry instanceof LeftOut);
  });

/** An answer in the shape that was asked for. */
export function shaped<const S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, answer, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new ForgeFault(
    'unexpected',
    `its answer is not what its API says: ${v.getDotPath(issue) ?? 'all of it'}: ${issue.message}`,
  );
}
