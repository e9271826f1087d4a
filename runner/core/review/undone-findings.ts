import type { Finding } from '../../generated/types.js';
import { plainText, shorten } from '../template.js';
import type { Line } from './lines.js';
import type { Undone } from './undone.js';

const MOST_FILES = 20;
const MOST_LINES = 8;
const LINE_LENGTH = 160;
const TITLE_LENGTH = 300;

/**
 * What was undone as findings of the runner: computed, so that no reviewer can leave them out. They are high, but for what somebody has to read to tell: that is
 * a note. `since` says what the branch gained it after, in words; `unread` is how many files that both changed were more than is read.
 */
export function undoneFindings(
  all: readonly Undone[],
  branch: string,
  since: string,
  unread: number,
): readonly Finding[] {
  const high = all.filter(isHigh);
  const notes = all.filter((file) => !high.includes(file));
  const from = `It undoes what ${plainText(branch)} gained`;
  return [
    ...high.slice(0, MOST_FILES).map((file) => undoneFinding(file, `${from} ${since}`)),
    ...(high.length > MOST_FILES ? [bare('high', `${from} in ${String(high.length - MOST_FILES)} more file(s)`)] : []),
    ...(unread > 0
      ? [
          bare(
            'high',
            `${String(unread)} file(s) that ${plainText(branch)} and the change both changed were too much to look into: nobody knows what it undoes there`,
          ),
        ]
      : []),
    ...notes.slice(0, MOST_FILES).map((file) => noteOn(file, branch, since)),
  ];
}

/** Whether what is undone shows without anybody reading it. */
export const isHigh = ({ whole, mode, gone, back, unseen }: Undone): boolean =>
  whole || mode || unseen === 'unreadable' || gone.length + back.length > 0;

function undoneFinding({ path, whole, mode, gone, back, unseen }: Undone, from: string): Finding {
  const parts = [
    gone.length === 0 ? null : `${String(gone.length)} line(s) are gone`,
    back.length === 0 ? null : `${String(back.length)} removed line(s) are back`,
    mode ? 'its mode is what it was' : null,
    unseen === null ? null : 'it cannot be looked into any more',
  ].filter((part) => part !== null);
  const what = whole ? 'is as it was before' : parts.join(', ');
  return {
    ...bare('high', `${from}: ${path} ${whole ? '' : '- '}${what}`),
    detail: [...quoted('gone', gone), ...quoted('back', back)].join('\n') || `The whole of ${plainText(path)}.`,
    suggestion: 'Put it back, or say in the order that it has to go.',
    ...placed(path, gone[0] ?? back[0]),
  };
}

const noteOn = ({ path, altered, unseen }: Undone, branch: string, since: string): Finding => ({
  ...bare(
    'note',
    `It changes what ${plainText(branch)} gained ${since}: ${path} - ${unseen === null ? `${String(altered.length)} line(s) moved or rewritten` : 'not looked into: no text, or too large'}`,
  ),
  ...(altered.length === 0 ? {} : { detail: quoted('was', altered).join('\n') }),
  ...placed(path, altered[0]),
});

const bare = (severity: Finding['severity'], title: string): Finding => ({
  severity,
  from: 'runner',
  title: shorten(plainText(title), TITLE_LENGTH),
});

const placed = (path: string, line: Line | undefined): Pick<Finding, 'file' | 'line'> => ({
  file: path.slice(0, 1000),
  ...(line === undefined ? {} : { line: line.number }),
});

function quoted(word: string, lines: readonly Line[]): readonly string[] {
  const some = lines
    .slice(0, MOST_LINES)
    .map(({ number, text }) => `${word}, line ${String(number)}: ${shorten(plainText(text), LINE_LENGTH)}`);
  return lines.length > MOST_LINES ? [...some, `${word}: ${String(lines.length - MOST_LINES)} more`] : some;
}
