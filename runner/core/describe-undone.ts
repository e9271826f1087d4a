import type { Description } from './description.js';
import type { Failure } from './failure.js';
import { visibleLine } from './visible.js';

/** A merge that would take back what one of its sides gained: each file with whose gain that was, and some of the lines. */
export function describeUndone({ files, count, unread }: Extract<Failure, { class: 'would-undo' }>): Description {
  return {
    what: `the merge would take back what was gained beside it, in ${String(count + unread)} file(s)`,
    details: [
      ...files.flatMap(({ branch, path, what, commit, lines }) => [
        `${visibleLine(path)}: of what ${branch} gained${commit === undefined ? '' : ` by ${commit.slice(0, 12)}`}, ${what}`,
        ...lines.map((line) => `  ${visibleLine(line)}`),
      ]),
      ...(count > files.length ? [`and ${String(count - files.length)} more file(s)`] : []),
      ...(unread > 0 ? [`${String(unread)} file(s) that both sides changed were too much to look into`] : []),
    ],
    next: [
      'Nothing was shipped. Put the lines back, or merge by hand.',
      'Where they have to go, have people asked: a rule of the policy such as `{ id: merges, tier: medium, formula: conflict-resolver }`; the request names them.',
    ],
  };
}
