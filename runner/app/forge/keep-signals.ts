import { ok } from '../../core/failure.js';
import { codeBlock } from '../../core/forge/outside-text.js';
import { isByPull, waitsForPeople } from '../../core/forge/results.js';
import type { Plan } from '../../core/plan.js';
import { readOpsAt } from '../observe.js';
import type { Told } from '../ports/forge.js';
import type { Tools } from '../tools.js';
import { transitionCommit, write } from '../transition.js';
import { isOfAll } from './issues.js';

const MARKER = 'signals';

/**
 * Says on pull requests that people have to go on there, each in one comment, and then writes down that it was said: who is ended in between says it again, in the same comment.
 */
export async function keepSignals(tools: Tools, { asks }: Plan['results']): Told<null> {
  const { forge } = tools;
  if (forge === null || asks.length === 0) return ok(null);
  const said = new Map<string, string>();
  let stopped: Awaited<Told<null>> = ok(null);
  for (const { order, pull, why } of asks) {
    const told = await forge.putComment({ kind: 'pull', number: pull.number }, MARKER, commentOf(order.record.id, why));
    if (!told.ok && isOfAll(told.failure)) {
      stopped = told;
      break;
    }
    // What one pull request does not take, such as a comment on one that is locked, holds up no other; `status` says it all the same.
    if (!told.ok) tools.report({ event: 'trouble', failure: told.failure });
    said.set(order.record.id, why);
    tools.report({ event: 'warning', text: `${order.record.id}: ${why}` });
  }
  const written = await write(tools, async (tip) => {
    const { live } = await readOpsAt(tip, tools);
    return ok(
      live.filter(isByPull).flatMap((from) => {
        const why = said.get(from.record.id);
        return why === undefined || why === from.record.waiting.reason
          ? []
          : [transitionCommit(waitsForPeople(from, why), tools)];
      }),
    );
  });
  if (!written.ok) tools.report({ event: 'trouble', failure: written.failure });
  return stopped;
}

/** What others named stands in a block of code, so that it mentions nobody. */
const commentOf = (id: string, why: string): string =>
  [
    '**A person has to go on here.** Nothing more is tried by itself on this head.',
    codeBlock([why]),
    `Push to the branch, or have it gone on with: an order of the formula \`follow-up\` with \`inputs: { branch: pushpals/${id} }\`. \`pushpals order show ${id}\` says where it stands.`,
  ].join('\n\n');
