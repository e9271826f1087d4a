import type { VaultRequest } from '../../generated/types.js';
import type { Failure } from '../failure.js';
import type { PullRequest } from '../forge/pull-request.js';

/** What a forge says of the pull request by which a request came among the approved ones; it stands in the approval's record. */
export type ForgeWord = NonNullable<NonNullable<VaultRequest['approvals']>[number]['forge']>;

/** `unknown`: it could not be asked, which says nothing of the approval. */
export type ForgeSays =
  | { readonly is: 'merged'; readonly word: ForgeWord }
  | { readonly is: 'not'; readonly why: string }
  | { readonly is: 'unknown'; readonly failure: Extract<Failure, { class: 'forge-unavailable' }> };

/** The branch whose pull request a request is. */
export const vaultBranch = (id: string): string => `vault/${id}`;

/**
 * Whether the forge's record of a pull request says that somebody merged this very request by this very commit. What the commit changes is judged by git: a squash and a
 * rebase have a committer of the forge's own, and of those the record alone says whose they are.
 */
export function wordOf(
  pull: PullRequest | null,
  {
    id,
    ops,
    commit,
    kind,
    self,
    doubt,
  }: {
    readonly id: string;
    /** The branch that the forge merges into. */
    readonly ops: string;
    /** The commit on it that moves the request. */
    readonly commit: string;
    readonly kind: ForgeWord['kind'];
    /** The login that the runner works as; null where the forge does not tell. */
    readonly self: string | null;
    /** Why its record of who merged may name somebody who did not; null: it holds. */
    readonly doubt: string | null;
  },
): ForgeSays {
  const no = (why: string): ForgeSays => ({ is: 'not', why });
  const branch = vaultBranch(id);
  if (pull === null) return no(`the forge knows no pull request from ${branch}`);
  const { url, merged, head, base, number } = pull;
  if (head.branch !== branch || !head.isOwn) return no(`${url} is not from the branch ${branch} of this repository`);
  if (base !== ops) return no(`${url} was made for another branch than ${ops}`);
  if (merged === null) return no(`by the forge, nobody has merged ${url}`);
  if (merged.commit !== commit) return no(`by the forge, ${url} was merged as another commit`);
  if (doubt !== null) return no(`by the forge, ${merged.by} merged ${url}, and ${doubt}`);
  if (self !== null && sameLogin(merged.by, self))
    return no(`${merged.by} merged it, and that is who the runner works as: give the runner an account of its own`);
  return { is: 'merged', word: { kind, pull: number, url, login: merged.by, at: merged.at } };
}

/**
 * Whether a pull request that was closed without being merged is a no: a person's, and not the runner's own, which closes what nothing waits for by what one machine knows. `by`: who closed it;
 * null where the forge does not tell. `self`: the login that the runner works as; null for an app, which is told by its name.
 */
export const meansNo = (by: string | null, self: string | null): boolean =>
  by === null || !(by.endsWith('[bot]') || (self !== null && sameLogin(by, self)));

/** Logins are the same in any case, on each of the forges. */
export const sameLogin = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Who asked for work on a forge, as it stands in an order's record: `github:ada`. */
export const asOnForge = (kind: ForgeWord['kind'], login: string): string => `${kind}:${login}`;
