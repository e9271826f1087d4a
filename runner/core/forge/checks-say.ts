import { plainText, shorten } from '../template.js';
import type { Check } from './pull-request.js';

const MOST_NAMED = 5;
const MOST_NAME = 60;

/**
 * What keeps a commit from being merged by its checks, in words; null where nothing does. Those that the rules of the branch ask for count; where they ask for none, all
 * that are there do: nobody then said which do not matter. That there is none says nothing: none may have begun, or none may know that it should.
 */
export function checksSay(checks: readonly Check[]): string | null {
  const required = checks.filter(({ isRequired }) => isRequired);
  const asked = required.length === 0 ? checks : required;
  const inState = (...states: readonly Check['state'][]): readonly Check[] =>
    asked.filter(({ state }) => states.includes(state));
  const failed = inState('failure', 'cancelled');
  if (failed.length > 0) return `its checks have not passed (${names(failed)})`;
  const pending = inState('pending');
  if (pending.length > 0) return `its checks are under way (${names(pending)})`;
  return inState('success').length > 0 ? null : 'no check on the forge has passed on it yet';
}

function names(checks: readonly Check[]): string {
  const shown = checks.slice(0, MOST_NAMED).map(({ name }) => shorten(plainText(name), MOST_NAME));
  return checks.length > MOST_NAMED
    ? `${shown.join(', ')} and ${String(checks.length - MOST_NAMED)} more`
    : shown.join(', ');
}
