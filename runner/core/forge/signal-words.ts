import { plainText, shorten } from '../template.js';
import type { Check, PullRequest, Review } from './pull-request.js';

/** What an order of a signal says: words of the runner's own, and as background what others said. */
export interface SignalWords {
  readonly goal: string;
  readonly context: string;
  /** Where it comes from, in words. */
  readonly from: string;
  /** What is so, for people. */
  readonly what: string;
  /** Where it was said. */
  readonly url: string;
}

const MOST_CHECKS = 20;
const MOST_NAMED = 5;
const MOST_COMMENTS = 100;
const MOST_NAME = 100;
const MOST_SAID = 4_000;

/** A name as it may stand in words of the runner's. */
const nameOf = (text: string): string => shorten(plainText(text).replaceAll('`', "'"), MOST_NAME) || 'without a name';

const quoted = (text: string): string => `\`${nameOf(text)}\``;

/** A login as it may stand in a record: nothing in it can be taken for an address, or for anything else. */
export const loginOf = (login: string): string =>
  plainText(login)
    .replace(/[<>\s]/g, '')
    .slice(0, MOST_NAME);

/** Text as lines, without what no file of text has. */
const readable = (text: string): string =>
  shorten(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
      .replace(/\p{Surrogate}/gu, '\ufffd'),
    MOST_SAID,
  );

/** An address in a place that takes nothing else. */
const addressOf = (url: string, otherwise: string): string =>
  /^[!-~]{1,300}$/.test(url) ? url : otherwise.replace(/[^!-~]/g, '');

function named(checks: readonly Check[]): string {
  const names = checks.slice(0, MOST_NAMED).map(({ name }) => quoted(name));
  const more = checks.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

const fails = (checks: readonly Check[]): string =>
  checks.length === 1 ? `the check ${named(checks)} fails` : `the checks ${named(checks)} fail`;

function saidBy(checks: readonly Check[], commit: string): string {
  const told = checks
    .slice(0, MOST_CHECKS)
    .map(({ name, url, summary }) =>
      [`Check: ${nameOf(name)}`, ...(url === '' ? [] : [`At: ${plainText(url)}`]), readable(summary)].join('\n'),
    );
  const more = checks.length - told.length;
  return [`Commit: ${commit}`, ...told, ...(more > 0 ? [`… and ${String(more)} more checks.`] : [])].join('\n\n');
}

/** A branch that does not pass what it has to. */
export function buildWords(
  { name, tip }: { readonly name: string; readonly tip: string },
  failing: readonly Check[],
): SignalWords {
  const at = `${name} (${tip.slice(0, 12)})`;
  return {
    goal: `Find out why ${fails(failing)} on ${at}, and mend it`,
    context: saidBy(failing, tip),
    from: `check ${nameOf(failing[0]?.name ?? '')} on ${name}`,
    what: `${fails(failing)} on ${at}`,
    url: addressOf(failing[0]?.url ?? '', name),
  };
}

export function checkWords({ head, url }: PullRequest, failing: readonly Check[]): SignalWords {
  return {
    goal: `Mend what ${failing.length === 1 ? 'the check' : 'the checks'} ${named(failing)} found on ${quoted(head.branch)}`,
    context: saidBy(failing, head.commit),
    from: `check ${nameOf(failing[0]?.name ?? '')} on ${head.branch}`,
    what: `${fails(failing)} on ${plainText(url)}`,
    url: addressOf(url, head.branch),
  };
}

export function reviewWords({ head, url }: PullRequest, { id, by, commit, body, comments }: Review): SignalWords {
  const who = loginOf(by);
  const told = comments
    .slice(0, MOST_COMMENTS)
    .map(({ path, line, body: text }) =>
      [`${shorten(plainText(path), 4 * MOST_NAME)}${line === null ? '' : `:${String(line)}`}`, readable(text)].join(
        '\n',
      ),
    );
  const more = comments.length - told.length;
  const parts = [
    `Review by ${who}${commit === null ? '' : `, of ${commit}`}`,
    ...(body.trim() === '' ? [] : [readable(body)]),
    ...told,
    ...(more > 0 ? [`… and ${String(more)} more comments.`] : []),
  ];
  return {
    goal: `Change ${quoted(head.branch)} as the review of ${who} asks`,
    context: parts.join('\n\n'),
    from: `review ${shorten(plainText(id), MOST_NAME)} on ${head.branch}`,
    what: `${who} asked for changes on ${plainText(url)}`,
    url: addressOf(url, head.branch),
  };
}

export function conflictWords({ head, url }: PullRequest, into: string): SignalWords {
  return {
    goal: `Bring ${quoted(head.branch)} up to date with ${quoted(into)}: the two conflict`,
    context: `Commit: ${head.commit}`,
    from: `conflict on ${head.branch}`,
    what: `${plainText(url)} conflicts with ${into}`,
    url: addressOf(url, head.branch),
  };
}
