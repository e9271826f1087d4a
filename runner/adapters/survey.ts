import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SURVEYED, type Survey } from '../core/detect/survey.js';
import { readRegular } from './workspace/files.js';

const MAX_BYTES = 1024 * 1024;

/** Looks at the top of a person's own work tree. Links are not followed, and what is no UTF-8 text counts as not there. */
export function surveyOf(top: string, remote: string | null): Survey {
  const entries = readdirSync(top, { withFileTypes: true });
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  const files = new Map<string, string>();
  for (const name of SURVEYED) {
    if (!names.includes(name)) continue;
    const bytes = readRegular(join(top, name), MAX_BYTES);
    const text = bytes === null ? null : utf8(bytes);
    if (text !== null) files.set(name, text);
  }
  return { names, files, remote };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
