import { elapsedMs, type Instant } from '../ids.js';
import { span } from '../span.js';
import type { Failure } from '../failure.js';
import { forgeMend } from './words.js';
import type { ForgeAccess } from './pull-request.js';

/** What the project's forge says of the runner's token; never the token. */
export interface ForgeFact {
  /** The repository's address. */
  readonly where: string;
  /** Something in the project or its policy asks for it. */
  readonly isNeeded: boolean;
  /** The policy takes its word for who approved. */
  readonly isWitness?: boolean;
  readonly found: ForgeAccess | Extract<Failure, { class: 'forge-unavailable' }>;
}

interface Verdict {
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly mend?: string;
}

const SOON_MS = 14 * 24 * 3_600_000;

/** What `doctor` says of the forge. */
export function forgeHealth({ where, isNeeded, isWitness = false, found }: ForgeFact, now: Instant): Verdict {
  if ('class' in found) {
    const isPassing = found.problem === 'unreachable' || found.problem === 'rate-limited';
    const unneeded = isNeeded ? '' : '; nothing here needs it yet';
    return {
      state: isPassing || !isNeeded ? 'warn' : 'fail',
      found: `${where}: ${found.why}${unneeded}`,
      mend: forgeMend(found),
    };
  }
  const { login, scopes, expiresAt, missing, doubt } = found;
  const facts = [
    where,
    login === null ? 'as an app' : `as ${login}`,
    ...(scopes === null || scopes.length === 0 ? [] : [`scopes ${scopes.join(', ')}`]),
    ...(expiresAt === null ? [] : [`the token expires in ${span(elapsedMs(now, expiresAt))}`]),
  ].join(', ');
  const mend = 'Make a token that may (README, “Forges”), and put it where the old one is.';
  if (missing.length > 0)
    return { state: isNeeded ? 'fail' : 'warn', found: `${facts}; it lacks ${missing.join(', ')}`, mend };
  if (doubt !== null && isWitness)
    return {
      state: 'fail',
      found: `${facts}; ${doubt}: no approval counts by \`verify: forge\``,
      mend: 'Switch off “Enable autodetect of manual merges” in the settings of the repository (newer versions tell that it is off), or say `verify: signature` in policy/policy.yml.',
    };
  if (expiresAt !== null && elapsedMs(now, expiresAt) < SOON_MS) return { state: 'warn', found: facts, mend };
  if (isOpen(where))
    return {
      state: 'warn',
      found: `${facts}; the token goes there unencrypted`,
      mend: 'Name an address with https as `forge.baseUrl` in pushpals.yml.',
    };
  return { state: 'ok', found: facts };
}

/** Whoever is on the way can read along. */
const isOpen = (where: string): boolean => /^http:\/\/(?!localhost[:/]|127\.|\[::1\])/.test(where);
