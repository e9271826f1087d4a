import { fail, ok, type Result } from '../core/failure.js';
import type { Tools } from './tools.js';

/** Where the runner keeps the last tip of the ops branch that it has seen: also what was rewritten stays there to be looked at. */
export const seenRef = (opsRef: string): string => `refs/pushpals/seen/${opsRef.replace('refs/heads/', '')}`;

/** Refuses to work on a history that was rewritten since the last tick. */
export async function checkSeen({ repository, ops }: Pick<Tools, 'repository' | 'ops'>): Promise<Result<null>> {
  const ref = seenRef(ops.ref);
  const [seen, tip] = [await repository.resolve(ref), await ops.tip()];
  if (seen === null || tip === null || seen === tip || (await repository.isAncestor(seen, tip))) return ok(null);
  return fail({
    class: 'state-conflict',
    what: `the history of ${ops.ref} was rewritten: ${seen.slice(0, 12)} was its tip, and is not in it any more`,
    hint: `Take it back (git update-ref ${ops.ref} ${seen}), or, if it was you who meant it, forget the old one: git update-ref -d ${ref}.`,
  });
}

/** Remembers the tip. A tick that cannot only remembers less. */
export async function noteSeen({ repository, ops }: Pick<Tools, 'repository' | 'ops'>): Promise<void> {
  const ref = seenRef(ops.ref);
  const [seen, tip] = [await repository.resolve(ref), await ops.tip()];
  if (tip !== null && tip !== seen) await repository.moveRef(ref, seen, tip);
}
