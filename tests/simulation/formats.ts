/** The real readers and writers, which remember what they have read: a run of many seeds reads the same few files for ever. */
import type { Formats } from '../../runner/app/ports/formats.js';
import { formats } from '../../runner/adapters/formats.js';
import { valueChecker } from '../../runner/adapters/value-checker.js';

const MOST = 20_000;

function remembered<T>(read: (file: string, bytes: Uint8Array) => T): (file: string, bytes: Uint8Array) => T {
  const known = new Map<string, T>();
  return (file, bytes) => {
    const key = `${file}\0${Buffer.from(bytes).toString('latin1')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = frozen(read(file, bytes));
    if (known.size >= MOST) known.clear();
    known.set(key, value);
    return value;
  };
}

/** Whoever changes what was read breaks it for everybody, and is to be found out. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !ArrayBuffer.isView(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

export const rememberingFormats: Formats = {
  ...formats,
  project: remembered(formats.project),
  policy: remembered(formats.policy),
  formula: remembered(formats.formula),
  order: remembered(formats.order),
  record: remembered(formats.record),
  request: remembered(formats.request),
  valueChecker: (schema) => Promise.resolve(valueChecker(schema)),
};
