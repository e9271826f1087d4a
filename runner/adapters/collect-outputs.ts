import { chmodSync, opendirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { CollectedOutputs } from '../app/ports/run-files.js';
import { fail, ok, type Failure, type Result } from '../core/failure.js';
import type { StepKey } from '../core/ids.js';
import { visibleLine } from '../core/visible.js';
import { hasCode, lstatIfThere, readRegular } from './workspace/files.js';

const OUTPUTS = 'outputs.json';
const FILE_BYTES = 1024 * 1024;
const FILES = 20;
/** More entries than this are not even listed. */
const ENTRIES = 1000;
/** Deeper JSON would overflow the stack of whoever walks it next. */
const DEPTH = 64;
const KEPT_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

type Refused = Extract<Failure, { class: 'scope-violation' | 'output-invalid' }>;
type Taken = { readonly bytes: Buffer } | { readonly note: string } | { readonly refused: Refused };

/**
 * Reads what a step left in its folder `<outDir>/<step>`. Nothing is followed: a link or a special file fails with `scope-violation`, an
 * `outputs.json` that is not JSON in UTF-8 with `output-invalid`. What is too large, too much or oddly named is left out with a note.
 * For when every process of the step is gone.
 */
export function collectOutputs(outDir: string, step: StepKey): Result<CollectedOutputs> {
  const folder = join(outDir, step);
  for (const place of [outDir, folder]) {
    if (lstatIfThere(place)?.isDirectory() !== true)
      return fail(violation(step, '', 'the output folder was removed or replaced'));
    // The step owns it, and may have locked us out.
    chmodSync(place, 0o755);
  }
  const entries = entriesOf(folder);
  if (entries === null) return fail(violation(step, '', `it holds more than ${String(ENTRIES)} entries`));
  const files: { name: string; bytes: Uint8Array }[] = [];
  const notes: string[] = [];
  let outputs: unknown;
  for (const entry of entries) {
    const taken = take(folder, entry, step);
    if ('refused' in taken) return fail(taken.refused);
    if ('note' in taken) {
      notes.push(taken.note);
    } else if (entry.name === OUTPUTS) {
      const parsed = parse(taken.bytes);
      if (!parsed.ok) return fail({ class: 'output-invalid', step, why: parsed.failure });
      outputs = parsed.value;
    } else if (files.length < FILES) {
      files.push({ name: entry.name, bytes: taken.bytes });
    } else {
      notes.push(left(entry.name, `at most ${String(FILES)} files are`));
    }
  }
  return ok({ outputs, files, notes });
}

const violation = (step: StepKey, name: string, why: string): Refused => ({
  class: 'scope-violation',
  step,
  entries: [{ path: `$PUSHPALS_OUT/${visibleLine(name)}`, why }],
});

const left = (name: string, why: string): string => `${visibleLine(name)} in the outputs is not kept: ${why}`;

/** In the order of their names; null if they are too many. */
function entriesOf(path: string): readonly Dirent[] | null {
  const folder = opendirSync(path);
  try {
    const entries: Dirent[] = [];
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (entries.length === ENTRIES) return null;
      entries.push(entry);
    }
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    folder.closeSync();
  }
}

function take(folder: string, entry: Dirent, step: StepKey): Taken {
  const { name } = entry;
  const refuse = (why: string): Taken => ({ refused: violation(step, name, why) });
  const invalid = (why: string): Taken => ({ refused: { class: 'output-invalid', step, why: `${OUTPUTS} ${why}` } });
  if (entry.isSymbolicLink()) return refuse('it is a symbolic link, which is never followed');
  if (entry.isDirectory()) return name === OUTPUTS ? refuse('it is a folder') : { note: left(name, 'folders are not') };
  if (!entry.isFile()) return refuse('it is not a plain file');
  const stat = lstatIfThere(join(folder, name));
  // A name that is not UTF-8 does not lead back to its entry, which so was never opened.
  if (stat === null) return { note: left(name, 'its name is not UTF-8') };
  if (stat.nlink > 1) return refuse('it is a hard link to another file');
  if (!KEPT_NAME.test(name))
    return { note: left(name, 'its name may hold up to 100 letters, digits, dots, dashes and underscores') };
  if (stat.size > FILE_BYTES) {
    const why = `larger than ${String(FILE_BYTES)} bytes`;
    return name === OUTPUTS ? invalid(`is ${why}`) : { note: left(name, `it is ${why}`) };
  }
  const bytes = readRegular(join(folder, name), FILE_BYTES);
  if (bytes !== null) return { bytes };
  return name === OUTPUTS ? invalid('may not be read') : { note: left(name, 'it may not be read') };
}

function parse(bytes: Uint8Array): Result<unknown, string> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (depthOf(text) > DEPTH) return fail(`${OUTPUTS} is nested deeper than ${String(DEPTH)} levels`);
    return ok(JSON.parse(text));
  } catch (error) {
    // The two that a decoder and a parser throw at what they are given.
    if (!(error instanceof SyntaxError) && !hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) throw error;
    return fail(`${OUTPUTS} is not JSON in UTF-8: ${visibleLine((error as Error).message)}`);
  }
}

/** How deep the brackets of a JSON text nest, those in strings aside. One pass: the text is hostile. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString && char === '\\') at += 1;
    else if (char === '"') inString = !inString;
    else if (inString) continue;
    else if (char === '[' || char === '{') deepest = Math.max(deepest, (depth += 1));
    else if (char === ']' || char === '}') depth -= 1;
  }
  return deepest;
}
