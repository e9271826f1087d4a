import type { Mirrors } from '../../app/ports/mirrors.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { isRemoteName, type MirrorTrouble } from '../../core/mirrors.js';
import { git } from './command.js';
import { asPerson, type PersonsGit } from './person-git.js';
import type { GitPlaces } from './places.js';
import { refusal } from './remote.js';

const NETWORK_MS = 60_000;
/** More than this is no project's. */
const MOST_REFS = 5_000;
/** Transports that are commands, whatever the person's configuration allows. */
const NO_COMMANDS = ['-c', 'protocol.ext.allow=never', '-c', 'protocol.fd.allow=never'];
const LIST = ['ls-remote', '--refs', '--heads', '--tags', '--'];

type Refs = ReadonlyMap<string, CommitId>;

/** Mirrors, through git as the person would run it. */
export class GitMirrors implements Mirrors {
  constructor(
    private readonly places: GitPlaces,
    /** The remote that runners share; null where there is none. */
    private readonly shared: string | null,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  async refs(remote: string): Promise<Result<Refs, MirrorTrouble>> {
    // Git takes a name that is no remote's for a folder, whose hooks it would run.
    if (isRemoteName(remote)) {
      const known = await this.#git(['remote', 'get-url', '--', remote]);
      if (known.exitCode !== 0)
        return fail({
          problem: 'unknown',
          why: `this machine has no git remote of that name: git remote add ${remote} ADDRESS`,
        });
    }
    return this.#list(remote);
  }

  async sources(wanted: (ref: string) => boolean): Promise<Result<Refs, MirrorTrouble>> {
    const all = this.shared === null ? await this.#own() : await this.#list(this.shared);
    return all.ok ? ok(new Map([...all.value].filter(([ref]) => wanted(ref)).slice(0, MOST_REFS))) : all;
  }

  async bring(refs: readonly string[]): Promise<Result<null, MirrorTrouble>> {
    if (this.shared === null || refs.length === 0) return ok(null);
    const got = await this.#git([
      ...['fetch', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--quiet', '--', this.shared],
      ...refs,
    ]);
    return got.exitCode === 0 ? ok(null) : fail({ problem: 'unreachable', why: `of ${this.shared}: ${why(got)}` });
  }

  async push(remote: string, refs: Refs): Promise<Result<null, MirrorTrouble>> {
    // A remote may be set up to have all refs pushed, and some taken away: not by us.
    const plain = isRemoteName(remote) ? ['-c', `remote.${remote}.mirror=false`] : [];
    const pushed = await this.#git([
      ...plain,
      ...['push', '--porcelain', '--quiet', '--no-verify', '--no-follow-tags', '--recurse-submodules=no', '--', remote],
      ...[...refs].map(([ref, at]) => `${at}:${ref}`),
    ]);
    if (pushed.exitCode === 0) return ok(null);
    return fail({ problem: 'refused', why: withoutLogin(refusal(pushed)) });
  }

  async #list(remote: string): Promise<Result<Refs, MirrorTrouble>> {
    const listed = await this.#git([...LIST, remote]);
    return listed.exitCode === 0 ? ok(parsed(listed.stdout)) : fail({ problem: 'unreachable', why: why(listed) });
  }

  async #own(): Promise<Result<Refs, MirrorTrouble>> {
    const end = await git(
      this.places,
      ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/', 'refs/tags/'],
      {
        env: this.places.projectEnv,
        cwd: this.places.runnerDir,
      },
    );
    if (!end.ok) throw new Error(`git for-each-ref failed: ${JSON.stringify(end.failure)}`);
    return ok(parsed(end.value.stdout.toString('utf8')));
  }

  #git(args: readonly string[]): Promise<PersonsGit> {
    return asPerson(this.places, [...NO_COMMANDS, ...args], this.env, NETWORK_MS);
  }
}

const why = ({ complaint }: PersonsGit): string => withoutLogin(complaint ?? 'git failed without saying why');

const withoutLogin = (text: string): string => text.replace(/\/\/[^/@\s]*@/g, '//');

function parsed(text: string): Refs {
  const lines = text.split('\n').map((line) => /^([0-9a-f]{40,64})\s(refs\/(?:heads|tags)\/\S+)$/.exec(line));
  return new Map(lines.flatMap((found) => (found === null ? [] : [[found[2] ?? '', (found[1] ?? '') as CommitId]])));
}
