import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { PROPOSALS, shipRef } from '../../core/record.js';
import { INCOMING, SHARED, ownRef, sharedRef, type RefUpdate, type Remote } from '../../app/ports/remote.js';
import { git } from './command.js';
import { asPerson, type PersonsGit } from './person-git.js';
import type { GitPlaces } from './places.js';

const NETWORK_MS = 60_000;
const QUIETLY = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--quiet'];
/** Nobody works on a run's snapshots but the run; where it is rebuilt they are other commits. */
const isSnapshot = (ref: string): boolean => ref.startsWith('refs/pushpals/');
/** The runner's own proposal; one that is asked anew stands on another commit, and need not go back to the one before. */
const isRequest = (ref: string): boolean => ref.startsWith('refs/heads/vault/');

/** A remote that runners share, through git as the person would run it. */
export class GitRemote implements Remote {
  /** Refs that the remote did not have when it was last asked for them. */
  #missing: ReadonlySet<string> = new Set();

  constructor(
    private readonly places: GitPlaces,
    readonly name: string,
    private readonly opsRef: string,
    /** The project's own branch first, and what else of it runners look at together. */
    private readonly projectRefs: readonly string[],
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  async fetch(others: readonly string[]): Promise<Result<null>> {
    const named = others.map((name) => `refs/heads/${name}`);
    const refs = [...new Set([...this.projectRefs, ...named])].filter((ref) => ref !== this.opsRef);
    const vault = `+refs/heads/vault/*:${INCOMING}heads/vault/*`;
    // Not forced: a history that was rewritten there must not pass for ours.
    const ops = `${this.opsRef}:${sharedRef(this.opsRef)}`;
    const specs = (of: readonly string[]): readonly string[] => of.map((ref) => `+${ref}:${sharedRef(ref)}`);
    // Git fetches all of what is named, or nothing: where something was missing the last time, what there is is asked for first.
    if (!refs.some((ref) => this.#missing.has(ref))) {
      const all = await this.#git(['fetch', ...QUIETLY, '--prune', '--', this.name, ops, ...specs(refs), vault]);
      if (all.exitCode === 0) return ok(null);
    }
    const there = await this.#list([this.opsRef, ...refs]);
    if (!there.ok) return there;
    const present = refs.filter((ref) => there.value.has(ref));
    this.#missing = new Set(refs.filter((ref) => !there.value.has(ref)));
    const forgotten = await this.#forget(refs, present);
    if (!forgotten.ok) return forgotten;
    const seen = (await this.refs([sharedRef(this.opsRef)])).get(sharedRef(this.opsRef));
    const opsTip = there.value.get(this.opsRef);
    const part = [...(opsTip === undefined ? [] : [ops]), ...specs(present), vault];
    // The person's own record of the remote, which git brings along, may be what is in the way.
    const again = await this.#git(['fetch', ...QUIETLY, '--refmap=', '--prune', '--', this.name, ...part]);
    if (again.exitCode === 0 && (opsTip !== undefined || seen === undefined)) return ok(null);
    if (seen === undefined || opsTip === seen) return this.#unreachable(again);
    const ref = sharedRef(this.opsRef);
    return fail({
      class: 'state-conflict',
      what:
        opsTip === undefined
          ? `the branch ${this.opsRef} is gone from ${this.name}`
          : `the history of ${this.opsRef} was rewritten at ${this.name}: ${seen.slice(0, 12)} was its tip, and is not in it any more`,
      hint: `Take it back (git push ${this.name} ${seen}:${this.opsRef}), or, if it was you who meant it, forget what was seen: git update-ref -d ${ref}.`,
    });
  }

  async fetchRun(run: string, order: string): Promise<Result<null>> {
    const ship = shipRef(order);
    const there = await this.#list([ship, `refs/pushpals/runs/${run}/*`]);
    if (!there.ok) return there;
    const own = await this.refs([ship]);
    // Patterns match the ends of names.
    const refs = [...there.value.keys()].filter((ref) => ref === ship || ref.startsWith(`refs/pushpals/runs/${run}/`));
    const specs = refs.flatMap((ref) => [
      `+${ref}:${sharedRef(ref)}`,
      // A branch that is there already is looked at by whoever ships.
      ...(isSnapshot(ref) || !own.has(ref) ? [`+${ref}:${ref}`] : []),
    ]);
    if (specs.length === 0) return ok(null);
    const got = await this.#git(['fetch', ...QUIETLY, '--', this.name, ...specs]);
    return got.exitCode === 0 ? ok(null) : this.#unreachable(got);
  }

  async push(updates: readonly RefUpdate[]): Promise<Result<boolean>> {
    const specs = updates.map(({ ref, to }) => `${isSnapshot(ref) ? '+' : ''}${to ?? ''}:${ref}`);
    // A condition, not a way to force: what goes away, or is asked anew, does so only while it is what we saw.
    const leases = updates
      .filter(({ ref, to, exact }) => to === null || exact === true || isRequest(ref))
      .map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
    const pushed = await this.#git([
      ...['push', '--porcelain', '--quiet', '--no-verify', '--atomic', ...leases],
      ...['--', this.name, ...specs],
    ]);
    if (pushed.exitCode === 0) {
      const noted = await this.#note(updates);
      return noted.ok ? ok(true) : noted;
    }
    // Told apart by what the refs are now, not by git's words.
    const now = await this.#list(updates.map(({ ref }) => ref));
    if (!now.ok) return now;
    const moved = updates.filter(({ ref, from }) => (now.value.get(ref) ?? null) !== from);
    if (moved.length > 0) {
      // The others are seen by every fetch.
      const unseen = moved.map(({ ref }) => ref).filter((ref) => isSnapshot(ref) || ref.startsWith(PROPOSALS));
      const looked = await this.#look(unseen, now.value);
      return looked.ok ? ok(false) : looked;
    }
    return fail({ class: 'remote-unavailable', remote: this.name, problem: 'refused', why: refusal(pushed) });
  }

  async refs(prefixes: readonly string[]): Promise<ReadonlyMap<string, CommitId>> {
    const end = await git(this.places, ['for-each-ref', '--format=%(objectname) %(refname)', '--', ...prefixes], {
      env: this.places.projectEnv,
      cwd: this.places.runnerDir,
    });
    if (!end.ok) throw new Error(`git for-each-ref failed: ${JSON.stringify(end.failure)}`);
    return parseRefs(end.value.stdout.toString('utf8'));
  }

  /**
   * What somebody took away there is not there any more; but for the project's own branch, without which nothing is known of how to work. Where a branch lies now, none of a
   * name below or above it can be, and git could not write down both.
   */
  async #forget(wanted: readonly string[], present: readonly string[]): Promise<Result<unknown>> {
    const kept = [this.opsRef, this.projectRefs[0]];
    const known = [...(await this.refs([`${SHARED}heads/`])).keys()].map(ownRef).filter((ref) => !kept.includes(ref));
    const inTheWay = (ref: string): boolean =>
      present.some((other) => other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`));
    const gone = known.filter((ref) => (wanted.includes(ref) && !present.includes(ref)) || inTheWay(ref));
    return gone.length === 0 ? ok(null) : this.#note(gone.map((ref) => ({ ref, from: null, to: null })));
  }

  /** Sees refs that no fetch looks at. */
  async #look(refs: readonly string[], now: ReadonlyMap<string, CommitId>): Promise<Result<unknown>> {
    const gone = refs.filter((ref) => !now.has(ref)).map((ref) => ({ ref, from: null, to: null }));
    const noted = await this.#note(gone);
    const specs = refs.filter((ref) => now.has(ref)).map((ref) => `+${ref}:${sharedRef(ref)}`);
    if (!noted.ok || specs.length === 0) return noted;
    const got = await this.#git(['fetch', ...QUIETLY, '--', this.name, ...specs]);
    return got.exitCode === 0 ? ok(null) : this.#unreachable(got);
  }

  /** Writes down what the remote holds. */
  #note(updates: readonly RefUpdate[]): Promise<Result<unknown>> {
    const input = updates
      .map(({ ref, to }) => (to === null ? `delete ${sharedRef(ref)}\0\0` : `update ${sharedRef(ref)}\0${to}\0\0`))
      .join('');
    const { projectEnv: env, runnerDir: cwd } = this.places;
    return git(this.places, ['update-ref', '-z', '--stdin'], { env, cwd, input });
  }

  async #list(patterns: readonly string[]): Promise<Result<ReadonlyMap<string, CommitId>>> {
    const listed = await this.#git(['ls-remote', '--refs', '--', this.name, ...patterns]);
    return listed.exitCode === 0 ? ok(parseRefs(listed.stdout)) : this.#unreachable(listed);
  }

  #unreachable({ complaint }: PersonsGit): { readonly ok: false; readonly failure: Failure } {
    return fail({
      class: 'remote-unavailable',
      remote: this.name,
      problem: 'unreachable',
      why: complaint ?? 'git failed without saying why',
    });
  }

  #git(args: readonly string[]): Promise<PersonsGit> {
    return asPerson(this.places, args, this.env, NETWORK_MS);
  }
}

/** What the other side said of a push, and git's own word for it. */
export function refusal({ stdout, stderr, complaint }: PersonsGit): string {
  const said = stderr.split(/\r?\n/).flatMap((line) => /^remote: (.*\S)/.exec(line)?.[1] ?? []);
  const words = stdout.split('\n').flatMap((line) => /^!\t\S+\t(.*)$/.exec(line)?.[1] ?? []);
  const lines = [...new Set([...said, ...words])].slice(0, 8);
  return lines.length === 0 ? (complaint ?? '') : lines.join('\n');
}

function parseRefs(text: string): ReadonlyMap<string, CommitId> {
  const lines = text.split('\n').map((line) => /^([0-9a-f]{40,64})\s(\S+)$/.exec(line));
  return new Map(lines.flatMap((found) => (found === null ? [] : [[found[2] ?? '', (found[1] ?? '') as CommitId]])));
}
