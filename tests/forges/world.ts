import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GIT_ENV } from '../git-repository.js';

export type Permission = 'admin' | 'write' | 'read' | 'none';
export type Method = 'merge' | 'squash' | 'rebase';
export type CheckState = 'pending' | 'success' | 'failure' | 'cancelled' | 'skipped';

/** What a token may do. `areas` is what a fine-grained one may touch; null: everything that its scopes and its owner may. */
export interface Token {
  /** Null: an app's. */
  readonly login: string | null;
  readonly scopes: readonly string[];
  readonly areas: Readonly<Record<string, 'read' | 'write'>> | null;
  readonly expiresAt?: string;
}

export interface Pull {
  readonly number: number;
  readonly author: string;
  readonly head: string;
  /** The commit of a fork's branch; null: the branch is the repository's own. */
  readonly forkHead: string | null;
  base: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  isDraft: boolean;
  readonly labels: Set<string>;
  readonly reviewers: Set<string>;
  merged: { by: string; at: string; commit: string; head: string } | null;
  closedBy: string | null;
  autoMerge: { by: string; method: Method; head: string } | null;
  updatedAt: string;
  /** Of a closed one: what its branch was at. */
  lastHead: string;
}

export interface Issue {
  readonly number: number;
  readonly author: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  readonly labels: Set<string>;
  updatedAt: string;
}

export interface Comment {
  readonly id: number;
  readonly on: number;
  /** Null: an app's. */
  readonly author: string | null;
  body: string;
}

export interface Review {
  readonly id: number;
  readonly on: number;
  readonly author: string;
  readonly state: 'approved' | 'changes-requested' | 'commented';
  readonly commit: string;
  readonly at: string;
  readonly body: string;
  readonly comments: readonly {
    readonly id: number;
    readonly path: string;
    readonly line: number | null;
    readonly body: string;
  }[];
}

export interface Check {
  readonly name: string;
  state: CheckState;
  readonly summary: string;
  /** A check of an app, or a status that somebody posted. */
  readonly kind: 'run' | 'status';
}

/** What somebody was not allowed, or could not do; each forge says it in its own words. */
export class Refused extends Error {
  constructor(
    readonly why:
      | 'exists'
      | 'no-commits'
      | 'not-mergeable'
      | 'head-moved'
      | 'checks'
      | 'clean'
      | 'no-auto-merge'
      | 'drafts'
      | 'draft'
      | 'unknown-person'
      | 'merged',
  ) {
    super(why);
  }
}

/** One repository on a forge, whatever its API: a real bare repository with people, pull requests, issues, checks and rules. */
export class ForgeWorld {
  readonly git: (...args: string[]) => string;
  readonly people = new Map<string, Permission>();
  readonly tokens = new Map<string, Token>();
  readonly pulls: Pull[] = [];
  readonly issues: Issue[] = [];
  readonly comments: Comment[] = [];
  readonly reviews: Review[] = [];
  readonly checks = new Map<string, Check[]>();
  /** Names of checks that have to succeed before anything gets into a branch. */
  readonly required = new Map<string, readonly string[]>();
  isPrivate = true;
  hasAutoMerge = true;
  hasDrafts = true;
  /** It takes merges that were pushed for those of whoever has the commit's address; undefined: it does not tell. */
  guessesMergers: boolean | undefined = false;
  /** How often anything was changed. */
  changes = 0;
  #last = 0;

  /** `dir`: a bare repository. */
  constructor(
    readonly repo: string,
    readonly dir: string,
    readonly nowMs: () => number = Date.now,
  ) {
    this.git = (...args) =>
      execFileSync('git', args, { cwd: dir, env: GIT_ENV, stdio: ['ignore', 'pipe', 'pipe'] })
        .toString('utf8')
        .replace(/\n$/, '');
  }

  get now(): string {
    return new Date(this.nowMs()).toISOString();
  }

  changed(thing?: { updatedAt: string }): void {
    this.changes++;
    if (thing !== undefined) thing.updatedAt = this.now;
  }

  id(): number {
    return ++this.#last;
  }

  may(login: string | null): Permission {
    return login === null ? 'write' : (this.people.get(login) ?? (this.isPrivate ? 'none' : 'read'));
  }

  tip(branch: string): string | null {
    try {
      return this.git('rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`);
    } catch {
      return null;
    }
  }

  headOf(pull: Pull): string {
    if (pull.merged !== null) return pull.merged.head;
    const tip = pull.state === 'closed' ? null : (pull.forkHead ?? this.tip(pull.head));
    if (tip !== null) pull.lastHead = tip;
    return pull.lastHead;
  }

  numbered(number: number): Pull | Issue | undefined {
    return this.pulls.find((pull) => pull.number === number) ?? this.issues.find((issue) => issue.number === number);
  }

  openIssue(author: string, title: string, body: string, labels: readonly string[]): Issue {
    const issue: Issue = {
      number: this.id(),
      author,
      title,
      body,
      state: 'open',
      labels: new Set(labels),
      updatedAt: this.now,
    };
    this.issues.push(issue);
    this.changed();
    return issue;
  }

  openPull(
    author: string,
    wanted: {
      readonly head: string;
      readonly base: string;
      readonly title: string;
      readonly body: string;
      readonly isDraft: boolean;
    },
    forkHead: string | null = null,
  ): Pull {
    const tip = forkHead ?? this.tip(wanted.head);
    const base = this.tip(wanted.base);
    if (wanted.isDraft && !this.hasDrafts) throw new Refused('drafts');
    if (tip === null || base === null || this.git('rev-list', '--count', `${base}..${tip}`) === '0')
      throw new Refused('no-commits');
    const isThere = this.pulls.some(
      (pull) =>
        pull.state === 'open' && pull.forkHead === forkHead && pull.head === wanted.head && pull.base === wanted.base,
    );
    if (isThere) throw new Refused('exists');
    const pull: Pull = {
      number: this.id(),
      author,
      ...wanted,
      forkHead,
      state: 'open',
      labels: new Set(),
      reviewers: new Set(),
      merged: null,
      closedBy: null,
      autoMerge: null,
      updatedAt: this.now,
      lastHead: tip,
    };
    this.pulls.push(pull);
    this.changed();
    return pull;
  }

  close(pull: Pull, by: string): void {
    if (pull.state === 'closed') return;
    this.headOf(pull);
    pull.state = 'closed';
    pull.closedBy = by;
    this.changed(pull);
  }

  comment(on: number, author: string | null, body: string): Comment {
    const comment = { id: this.id(), on, author, body };
    this.comments.push(comment);
    this.changed(this.numbered(on));
    return comment;
  }

  review(
    pull: Pull,
    author: string,
    state: Review['state'],
    body: string,
    comments: readonly { path: string; line: number | null; body: string }[] = [],
  ): Review {
    const numbered = comments.map((comment) => ({ id: this.id(), ...comment }));
    const review = {
      id: this.id(),
      on: pull.number,
      author,
      state,
      body,
      commit: this.headOf(pull),
      at: this.now,
      comments: numbered,
    };
    this.reviews.push(review);
    pull.reviewers.delete(author);
    this.changed(pull);
    return review;
  }

  /** What came of a check; pull requests that wait for it are merged. */
  check(commit: string, name: string, state: CheckState, summary = '', kind: Check['kind'] = 'run'): void {
    const others = (this.checks.get(commit) ?? []).filter((check) => check.name !== name);
    this.checks.set(commit, [...others, { name, state, summary, kind }]);
    this.changed();
    for (const pull of this.pulls) this.#mergeByItself(pull);
  }

  #mergeByItself(pull: Pull): void {
    if (pull.autoMerge === null || pull.state !== 'open' || !this.passes(pull)) return;
    const { by, method } = pull.autoMerge;
    this.merge(pull, by, method, this.headOf(pull));
  }

  passes(pull: Pull): boolean {
    const checks = this.checks.get(this.headOf(pull)) ?? [];
    return (this.required.get(pull.base) ?? []).every((name) =>
      checks.some((check) => check.name === name && (check.state === 'success' || check.state === 'skipped')),
    );
  }

  enableAutoMerge(pull: Pull, by: string, method: Method, head: string): void {
    if (!this.hasAutoMerge) throw new Refused('no-auto-merge');
    if (this.headOf(pull) !== head) throw new Refused('head-moved');
    if (this.passes(pull)) throw new Refused('clean');
    pull.autoMerge = { by, method, head };
    this.changed(pull);
  }

  mergeable(pull: Pull): boolean {
    return pull.state === 'open' && this.#mergedTree(pull) !== null;
  }

  #mergedTree(pull: Pull): string | null {
    const base = this.tip(pull.base);
    if (base === null) return null;
    try {
      return this.git('merge-tree', '--write-tree', base, this.headOf(pull)).split('\n')[0] ?? null;
    } catch {
      return null;
    }
  }

  /** As the forge's button does it, with words of its own unless it is told others; the commit that is in the base then. */
  merge(pull: Pull, by: string, method: Method, head: string, words?: string): string {
    if (pull.state !== 'open') throw new Refused('merged');
    if (this.headOf(pull) !== head) throw new Refused('head-moved');
    if (pull.isDraft) throw new Refused('draft');
    if (!this.passes(pull)) throw new Refused('checks');
    const base = this.tip(pull.base);
    const tree = this.#mergedTree(pull);
    if (base === null || tree === null) throw new Refused('not-mergeable');
    const message = words ?? `${pull.title} (#${String(pull.number)})`;
    const commit =
      method === 'rebase'
        ? this.#rebased(base, head)
        : this.git('commit-tree', tree, '-p', base, ...(method === 'merge' ? ['-p', head] : []), '-m', message);
    this.git('update-ref', `refs/heads/${pull.base}`, commit, base);
    pull.state = 'closed';
    pull.merged = { by, at: this.now, commit, head };
    this.changed(pull);
    return commit;
  }

  #rebased(base: string, head: string): string {
    const place = mkdtempSync(join(tmpdir(), 'pushpals-forge-'));
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: place, env: GIT_ENV, stdio: ['ignore', 'pipe', 'pipe'] })
        .toString('utf8')
        .trim();
    try {
      this.git('worktree', 'add', '--quiet', '--detach', place, base);
      git('cherry-pick', '--allow-empty', `${base}..${head}`);
      return git('rev-parse', 'HEAD');
    } finally {
      rmSync(place, { recursive: true });
      this.git('worktree', 'prune');
    }
  }
}

/** A commit's message of a title and a text, where a request has them. */
export const wordsOf = (title: unknown, body: unknown): string | undefined =>
  typeof title === 'string' ? `${title}\n\n${typeof body === 'string' ? body : ''}` : undefined;
