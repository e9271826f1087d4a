import type Docker from 'dockerode';
import { statusOf } from './docker-engine.js';

/** The image of a name as the engine has it; null if it has none. Throws what the engine says otherwise. */
export async function inspectImage(engine: Docker, name: string): Promise<Docker.ImageInspectInfo | null> {
  try {
    return await engine.getImage(name).inspect();
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

const MEANS: readonly (readonly [RegExp, string])[] = [
  [/unauthorized|authentication required|denied/i, 'the registry asks for a login, or has no such image'],
  [/not found|manifest unknown|does not exist|no such/i, 'the registry has no such image'],
  [/no space left/i, 'the disk of the engine is full'],
];
const OFFLINE = /no such host|connection refused|dial tcp|timeout|unreachable|TLS handshake|EOF|connection reset/i;

/** What an engine's words mean, and the words. */
export function words(said: string): string {
  const line = said
    .replace(/^\(HTTP code \d+\) [a-z ]* - /, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
  const means = OFFLINE.test(line)
    ? 'the registry cannot be reached'
    : MEANS.find(([pattern]) => pattern.test(line))?.[1];
  return means === undefined ? line : `${means} (${line})`;
}
