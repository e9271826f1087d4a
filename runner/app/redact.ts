import { without } from '../core/secrets/texts.js';
import type { SecretScanner } from './ports/secrets.js';

/** A text with whatever looks like a credential cut out; what cannot be looked through is not kept. */
export async function redacted(scanner: SecretScanner, path: string, text: string): Promise<string> {
  if (text === '') return '';
  const suspicions = await scanner.scan([{ path, text }]);
  return suspicions === null
    ? '[not kept: it could not be looked through for credentials]\n'
    : without(text, suspicions);
}
