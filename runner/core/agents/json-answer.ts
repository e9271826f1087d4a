import { parseJson } from '../parse-json.js';

/** The JSON that an answer is, alone or in a fence, as models like to put it; undefined where it is none. */
export function jsonAnswer(text: string): unknown {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text.trim();
  return bare === 'null' ? null : (parseJson(bare) ?? undefined);
}
