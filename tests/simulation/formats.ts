/** The real readers and writers, which remember what they have read and written: reading YAML is most of what a simulation would do otherwise. */
import type { Formats } from '../../runner/app/ports/formats.js';
import { cron } from '../../runner/adapters/cron.js';
import { formats } from '../../runner/adapters/formats.js';
import { valueChecker } from '../../runner/adapters/value-checker.js';
import { ok, type Result } from '../../runner/core/failure.js';
import type { Instant } from '../../runner/core/ids.js';
import type { Cron } from '../../runner/core/triggers/schedule.js';
import { record, request, trigger, type Validator } from '../../runner/generated/validators.js';

/** Of each kind. They are asked for again within a simulation; twenty thousand take gigabytes. */
const MOST = 4_000;
/** One text in so many is read for what it says, also where it is known what was written. */
const READ_ONE_IN = 8;

type Reader<T> = (file: string, bytes: Uint8Array) => T;

function remembered<T>(read: Reader<T>): Reader<T> {
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

/** An answer for each of two texts. */
function byTexts<T>(answer: (one: string, other: string) => T): (one: string, other: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (one, other) => {
    const key = `${one}\0${other}`;
    const found = known.get(key) ?? { value: answer(one, other) };
    if (known.size >= MOST) known.clear();
    known.set(key, found);
    return found.value;
  };
}

const instants = (of: (at: Instant) => Instant | null): ((at: Instant) => Instant | null) => {
  const known = byTexts((at) => of(at as Instant));
  return (at) => known(at, '');
};

/** Cron arithmetic is slow, and asked for the same instants by each tick. */
const rememberingCron: Cron = {
  check: byTexts(cron.check),
  schedule: byTexts((expression, timezone) => {
    const { next, latest } = cron.schedule(expression, timezone);
    return { next: instants(next), latest: instants(latest) };
  }),
};

/** What equal values are written as. */
const texts = new Map<string, string>();

function textOf(json: string, value: object): string {
  const text = texts.get(json) ?? formats.stringify(value);
  if (texts.size >= MOST) texts.clear();
  texts.set(json, text);
  return text;
}

/** What was written, by its text. */
const written = new Map<string, object>();

/** Takes what was written for what would be read, if the schema does; what it does not is read, for its failure. */
function unlessWritten<T>(validator: Validator<T>, read: Reader<Result<T>>): Reader<Result<T>> {
  return (file, bytes) => {
    const value = bytes.length % READ_ONE_IN === 0 ? undefined : written.get(Buffer.from(bytes).toString('utf8'));
    const plain: unknown = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
    return plain !== undefined && validator(plain) ? ok(plain) : read(file, bytes);
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
  record: remembered(unlessWritten(record, formats.record)),
  request: remembered(unlessWritten(request, formats.request)),
  trigger: remembered(unlessWritten(trigger, formats.trigger)),
  stringify: (value) => {
    if (typeof value !== 'object' || value === null) return formats.stringify(value);
    const text = textOf(JSON.stringify(value), value);
    if (written.size >= MOST) written.clear();
    written.set(text, value);
    return text;
  },
  cron: () => Promise.resolve(rememberingCron),
  valueChecker: (schema) => Promise.resolve(valueChecker(schema)),
};
