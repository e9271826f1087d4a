import type { LessonFile } from '../app/ports/formats.js';
import { fail, ok, type Result } from '../core/failure.js';
import { lesson as validate } from '../generated/validators.js';
import { decodeText, SourceText, type Problems } from './text-file.js';
import { check, readPlain } from './yaml.js';

const MOST_BYTES = 64 * 1024;

/** Reads a lesson from bytes that anybody may have written: front matter between `---` lines, and Markdown. Fails with every problem of the front matter. */
export function readLesson(file: string, bytes: Uint8Array): Result<LessonFile, Problems> {
  const decoded = decodeText(file, bytes, MOST_BYTES);
  if (!decoded.ok) return decoded;
  const source = new SourceText(file, decoded.value.text.replace(/\r\n?/g, '\n'));
  const opening = '---\n';
  const closing = source.text.indexOf('\n---\n', opening.length - 1);
  if (!source.text.startsWith(opening) || closing === -1) {
    const hint = 'Begin it with `---`, then `lesson: NAME` and `title: …`, then `---`.';
    return fail({ problems: [source.problem(0, 'a lesson begins with front matter, and this does not', hint)] });
  }
  // The lines keep their numbers: the first is left empty.
  const front = new SourceText(file, `\n${source.text.slice(opening.length, closing + 1)}`);
  const plain = readPlain(front);
  if (!plain.ok) return plain;
  const checked = check(front, plain.value, validate);
  if (!checked.ok) return checked;
  return ok({ lesson: checked.value.value, text: source.text.slice(closing + '\n---\n'.length).trim() });
}
