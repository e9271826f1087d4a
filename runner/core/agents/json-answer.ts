import { parseJson } from '../parse-json.js';

const FENCE = '```';

/** The JSON that an answer is, alone or in a fence, as models like to put it; undefined where it is none. */
export function jsonAnswer(text: string): unknown {
  const bare = unfenced(text.trim());
  return bare === 'null' ? null : (parseJson(bare) ?? undefined);
}

/** By hand: what a model writes may be megabytes of line breaks, and an expression over them takes the cube of that. */
function unfenced(text: string): string {
  const first = text.indexOf('\n');
  if (first === -1 || !text.startsWith(FENCE) || !text.endsWith(FENCE)) return text;
  const language = text.slice(FENCE.length, first).trim();
  return language === '' || language === 'json' ? text.slice(first, -FENCE.length).trim() : text;
}
