import { parseJson } from '../parse-json.js';
import type { TranscriptEntry } from './transcript.js';
import { isUsage } from './usage.js';

/** A line of a transcript: what it says, or why that cannot be told. Lines count from 1. */
export type TranscriptLine =
  { readonly line: number; readonly entry: TranscriptEntry } | { readonly line: number; readonly problem: string };

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const has = (value: unknown, checks: Readonly<Record<string, Check>>): boolean =>
  isFields(value) && Object.entries(checks).every(([key, check]) => Object.hasOwn(value, key) && check(value[key]));
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isArguments: Check = (value) =>
  isFields(value) && (value['ok'] === true ? isFields(value['value']) : value['ok'] === false && isText(value['text']));
const isCall: Check = (value) => has(value, { id: isText, name: isText, arguments: isArguments });
const isMessage: Check = (value) =>
  has(value, { role: isText, text: isText }) &&
  isFields(value) &&
  (value['role'] === 'system' ||
    value['role'] === 'user' ||
    (value['role'] === 'assistant' && listOf(isCall)(value['calls'])) ||
    (value['role'] === 'tool' && isText(value['call']) && isText(value['name'])));
const isWorker: Check = (value) =>
  has(value, { command: listOf(isText) }) || has(value, { name: isText, provider: isText, model: isText });
const isRead: Check = (value) => has(value, { kind: isText, path: isText, digest: isText });

/** What each type of entry has at least. */
const ENTRIES: Readonly<Record<TranscriptEntry['type'], Readonly<Record<string, Check>>>> = {
  begin: { step: isText, attempt: isNumber, agent: isText, by: isWorker, budget: isFields, read: listOf(isRead) },
  message: { message: isMessage },
  answer: { turn: isNumber, text: isText, calls: listOf(isCall), usage: isUsage, end: isText, ms: isNumber },
  result: {
    turn: isNumber,
    call: isText,
    name: isText,
    ok: (value) => typeof value === 'boolean',
    text: isText,
    ms: isNumber,
  },
  note: { text: isText },
  end: { outcome: isText, usage: isUsage },
};

/** Reads the lines of a transcript. Who may push to the ops branch can write one, so that each line is looked at for itself. */
export function readTranscript(text: string, firstLine = 1): readonly TranscriptLine[] {
  const lines = text.split('\n');
  return lines.flatMap((written, index): TranscriptLine[] => {
    const line = firstLine + index;
    if (written.trim() === '') return [];
    const value = parseJson(written);
    if (!isFields(value)) return [{ line, problem: 'it is no JSON object' }];
    const { type } = value;
    if (typeof type !== 'string' || !Object.hasOwn(ENTRIES, type))
      return [{ line, problem: `its \`type\` is none of ${Object.keys(ENTRIES).join(', ')}` }];
    const checks = ENTRIES[type as TranscriptEntry['type']];
    const wrong = Object.entries({ at: isText, ...checks }).find(([key, check]) => !has(value, { [key]: check }));
    if (wrong !== undefined)
      return [{ line, problem: `\`${wrong[0]}\` is missing, or is not what a ${type} has there` }];
    return [{ line, entry: value as unknown as TranscriptEntry }];
  });
}
