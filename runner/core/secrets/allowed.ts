import type { Policy } from '../../generated/types.js';
import { matcher } from '../glob.js';

/** Whether the policy knows that what a rule finds in a file is no credential. Without a rule: whether it says so of everything there. */
export function isAllowed(policy: Policy | null, path: string, rule?: string): boolean {
  return (policy?.['secret-scan']?.allow ?? []).some(
    (allowed) => (allowed.rule === undefined || allowed.rule === rule) && matcher([allowed.path])(path),
  );
}
