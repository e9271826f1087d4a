/** The shorter of these could be half of any other word: it could not be masked without masking what is no secret. */
export const LEAST_CHARS = 6;
/** What is longer is no secret but a data set; what it takes to look for it grows with it. */
export const MOST_BYTES = 16 * 1024;

/** A text that is looked for; letter case and white space in it do not count. */
export interface Pattern {
  readonly bytes: Uint8Array;
  /** Where it stands, the secret does. What is not, such as a line of JSON in a key file, is masked and no finding. */
  readonly proves: boolean;
}

/** A line that tells of its secret alone. */
const KEY_LINE = /^[A-Za-z0-9+/=_.~-]{24,}$/;
const ARMOUR = /^-{5}.*-{5}$/;
const LEAST_LINE = 8;

/** What is wrong with a value; null if it can be handed out and masked. */
export function unusable(value: string): string | null {
  if (value === '') return 'it is empty';
  if (value.includes('\0')) return 'it holds a NUL byte, which no variable can';
  if (value.replace(/\s/g, '').length < LEAST_CHARS)
    return `it is shorter than ${String(LEAST_CHARS)} characters, and could not be masked without masking other words`;
  if (new TextEncoder().encode(value).length > MOST_BYTES) return `it is longer than ${String(MOST_BYTES / 1024)} KB`;
  return null;
}

/**
 * The forms in which a secret is looked for: as it is, in base64 (wherever in its groups of three it begins, both alphabets), in hex, URL-encoded
 * in part or whole, as in JSON; of one with several lines also each line that says something.
 */
export function patternsOf(value: string): readonly Pattern[] {
  const whole = encodings(value).map((bytes) => ({ bytes, proves: true }));
  const lines = value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= LEAST_LINE && !ARMOUR.test(line));
  if (!value.trim().includes('\n')) return whole;
  const parts = lines.flatMap((line) => {
    const proves = KEY_LINE.test(line);
    const bytes = encode(line);
    return [bytes, ...base64Forms(bytes), encode(hex(bytes))].map((form) => ({ bytes: form, proves }));
  });
  return [...whole, ...parts];
}

function encodings(value: string): readonly Uint8Array[] {
  const bytes = encode(value);
  const url = percent(bytes, (byte) => /[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte)));
  const texts = [
    hex(bytes),
    url,
    // As a browser's own function and as a form write it.
    percent(bytes, (byte) => /[A-Za-z0-9_.!~*'()-]/.test(String.fromCharCode(byte))),
    url.replaceAll('%20', '+'),
    percent(bytes, () => false),
    JSON.stringify(value).slice(1, -1),
  ];
  return [bytes, ...base64Forms(bytes), ...[...new Set(texts)].map(encode)];
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const percent = (bytes: Uint8Array, isPlain: (byte: number) => boolean): string =>
  Array.from(bytes, (byte) =>
    isPlain(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`,
  ).join('');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * For each of the three places at which the bytes can begin in a group: the characters that are the same whatever stands before and after, and those at the end of
 * what is encoded alone, or as a line.
 */
function base64Forms(bytes: Uint8Array): readonly Uint8Array[] {
  const line = Uint8Array.of(...bytes, 10);
  return [0, 1, 2].flatMap((before) => {
    const texts = [base64(bytes, before, false), base64(bytes, before, true), base64(line, before, true)];
    return [...new Set(texts.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]))].map(encode);
  });
}

/** Without the characters that stand for bytes before, and without those that what comes after has a part in. `ends`: nothing comes after. */
function base64(bytes: Uint8Array, before: number, ends: boolean): string {
  const bits = (before + bytes.length) * 8;
  let text = '';
  let at = Math.ceil((before * 8) / 6);
  for (; (at + 1) * 6 <= bits; at += 1) text += letter(bytes, at * 6 - before * 8);
  if (!ends || at * 6 === bits) return text;
  return (text + letter(bytes, at * 6 - before * 8)).padEnd(text.length + 1 + (3 - (at % 4)), '=');
}

/** The letter of six bits, the first of them at `bit`. */
function letter(bytes: Uint8Array, bit: number): string {
  const at = bit >> 3;
  const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return ALPHABET[(pair >> (10 - (bit & 7))) & 63] ?? '';
}
