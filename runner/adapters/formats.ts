import type { Formats, Located } from '../app/ports/formats.js';
import { fail, ok, type Failure, type Result } from '../core/failure.js';
import { agent, formula, policy, policyTests, project, record, request, trigger } from '../generated/validators.js';
import { readLesson } from './lesson-file.js';
import { readOrder, readOrderValue, renderRejection } from './order-file.js';
import type { Problems } from './text-file.js';
import { withEntry } from './yaml-edit.js';
import { RECORD_LIMITS } from './yaml-tree.js';
import { parseYaml, stringifyYaml } from './yaml.js';

/** Every file format, by the validators that were built ahead from the schemas. */
export const formats: Formats = {
  project: (file, bytes) => asConfig(parseYaml(file, bytes, project)),
  policy: (file, bytes) => asConfig(parseYaml(file, bytes, policy)),
  policyTests: (file, bytes) => asConfig(parseYaml(file, bytes, policyTests)),
  formula: (file, bytes) => asConfig(parseYaml(file, bytes, formula)),
  agent: (file, bytes) => asConfig(parseYaml(file, bytes, agent)),
  record: (file, bytes) => asRecord(parseYaml(file, bytes, record, RECORD_LIMITS)),
  request: (file, bytes) => asRecord(parseYaml(file, bytes, request, RECORD_LIMITS)),
  trigger: (file, bytes) => asRecord(parseYaml(file, bytes, trigger, RECORD_LIMITS)),
  lesson: (file, bytes) => {
    const read = readLesson(file, bytes);
    return read.ok ? read : fail({ class: 'config-invalid', ...read.failure });
  },
  order: (file, bytes) => {
    const read = readOrder(file, bytes);
    return read.ok ? ok(read.value.order) : read;
  },
  orderValue: readOrderValue,
  stringify: (value) => {
    if (typeof value !== 'object' || value === null) return stringifyYaml(value);
    const text = texts.get(value) ?? stringifyYaml(value);
    texts.set(value, text);
    return text;
  },
  withEntry,
  rejection: renderRejection,
  valueChecker: async (schema) => (await import('./value-checker.js')).valueChecker(schema),
  cron: async () => (await import('./cron.js')).cron,
};

/** A record is never changed, and is written down and compared with what was written several times over. */
const texts = new WeakMap<object, string>();

function asConfig<T>(read: Result<T, Problems>): Result<T> {
  const failure = (problems: Problems): Failure => ({ class: 'config-invalid', ...problems });
  return read.ok ? read : fail(failure(read.failure));
}

/** As `asConfig`, of a file that no person writes: where its parts stand is nobody's concern. */
function asRecord<T>(read: Result<Located<T>, Problems>): Result<T> {
  const located = asConfig(read);
  return located.ok ? ok(located.value.value) : located;
}
