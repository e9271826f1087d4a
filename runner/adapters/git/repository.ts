import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Change } from '../../core/change.js';
import { epochMs, type BlobId, type CommitId, type Instant, type TreeId } from '../../core/ids.js';
import type { Person } from '../../app/ports/ops.js';
import type { AutoMerge, HistoryEntry, Repository, TreeFile } from '../../app/ports/repository.js';
import type { InputFile } from '../../app/ports/run-files.js';
import { git } from './command.js';
import { mergeFile, replaceFiles } from './file-merge.js';
import { signature } from './import-stream.js';
import { GitReadFailed } from './cat-file-answers.js';
import type { CatFile } from './object-reader.js';
import type { GitPlaces } from './places.js';
import { lineOrigin } from './line-origin.js';
import { parseMergeTree } from './merge-tree.js';
import { porcelain } from './porcelain.js';
import type { RefSession } from './ref-session.js';
import { treeDifferences } from './tree-differences.js';
import { recordedResolutions } from './rr-cache.js';

const DIFF = ['-r', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--full-index'];

/** An object id as it is, so that no text that came from a file is ever an option. Anything else is a bug of the caller. */
function id(text: string): string {
  if (!/^[0-9a-f]{40,64}$/.test(text)) throw new RangeError(`not an object id: ${JSON.stringify(text)}`);
  return text;
}

/** The project's repository, read and written by plumbing only. */
export class GitRepository implements Repository {
  constructor(
    private readonly places: GitPlaces,
    private readonly reader: CatFile,
    private readonly refs: RefSession,
  ) {}

  resolve(ref: string): Promise<CommitId | null> {
    return this.reader.resolve(ref);
  }

  tree(commit: CommitId, folder?: string): Promise<TreeId | null> {
    return this.reader.tree(commit, folder);
  }

  files(commit: CommitId, paths: readonly string[]): Promise<readonly TreeFile[]> {
    return this.reader.files(commit, paths);
  }

  blobs(ids: readonly BlobId[], maxBytes?: number): Promise<ReadonlyMap<BlobId, Uint8Array | null>> {
    return this.reader.blobs(ids, maxBytes);
  }

  async commitMessage(commit: CommitId): Promise<string> {
    return (await this.reader.commit(commit)).message;
  }

  async parents(commit: CommitId): Promise<readonly CommitId[]> {
    return (await this.reader.tree(commit)) === null ? [] : (await this.reader.commit(commit)).parents;
  }

  async committer(commit: CommitId): Promise<string> {
    return (await this.reader.commit(commit)).committer;
  }

  async committedAt(commit: CommitId): Promise<Instant> {
    return (await this.reader.commit(commit)).at;
  }

  async changes(from: CommitId, to: CommitId | TreeId): Promise<Result<readonly Change[]>> {
    if (from === to) return ok([]);
    const end = await git(this.places, ['diff-tree', ...DIFF, '--raw', '--numstat', id(from), id(to)], {
      env: this.places.runnerEnv,
      cwd: this.places.runnerDir,
    });
    return end.ok ? ok(parseChanges(records(end.value.stdout.toString('utf8')))) : end;
  }

  async differences(
    from: CommitId | TreeId,
    to: CommitId | TreeId,
  ): Promise<Result<ReadonlyMap<string, string | null>>> {
    const read = (name: string): Promise<Buffer | null> => this.reader.rawTree(name);
    const found = await treeDifferences(read, `${id(from)}^{tree}`, `${id(to)}^{tree}`);
    if (found !== null) return ok(found);
    const stderr = `of ${from} and ${to}, a commit or a folder is missing`;
    return fail({ class: 'git-failed', command: 'git cat-file', exitCode: null, stderr });
  }

  async patch(from: CommitId, to: CommitId, maxBytes: number): Promise<Result<string>> {
    if (from === to) return ok('');
    const end = await git(
      this.places,
      [
        'diff-tree',
        '-r',
        '-p',
        '--binary',
        '--no-renames',
        '--no-ext-diff',
        '--no-textconv',
        '--full-index',
        id(from),
        id(to),
      ],
      { env: this.places.runnerEnv, cwd: this.places.runnerDir, maxBytes },
    );
    if (!end.ok) return end;
    const text = end.value.stdout.toString('utf8');
    return ok(end.value.cut ? `${text}\n[cut here: the diff is longer than ${String(maxBytes)} bytes]\n` : text);
  }

  async commitTree(
    tree: TreeId,
    parents: readonly CommitId[],
    message: string,
    author: Person,
    at: Instant,
    committer = author,
  ): Promise<Result<CommitId>> {
    const date = `${String(Math.floor(epochMs(at) / 1000))} +0000`;
    const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(signature(author)) ?? [];
    const [, by = '', address = ''] = /^(.*) <(.*)>$/.exec(signature(committer)) ?? [];
    const env = {
      ...this.places.runnerEnv,
      ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date },
      ...{ GIT_COMMITTER_NAME: by, GIT_COMMITTER_EMAIL: address, GIT_COMMITTER_DATE: date },
    };
    const end = await git(
      this.places,
      ['commit-tree', id(tree), ...parents.flatMap((parent) => ['-p', id(parent)]), '-F', '-'],
      { env, cwd: this.places.runnerDir, input: message.replaceAll('\0', '') },
    );
    return end.ok ? ok(end.value.stdout.toString('utf8').trim() as CommitId) : end;
  }

  async mergeTrees(ours: CommitId, theirs: CommitId): Promise<Result<TreeId>> {
    const merged = await this.autoMerge(ours, theirs);
    if (!merged.ok) return merged;
    const { tree, conflicts } = merged.value;
    return conflicts.length === 0
      ? ok(tree)
      : fail({ class: 'merge-conflict', step: '', paths: conflicts.map(({ path }) => path) });
  }

  async autoMerge(ours: CommitId, theirs: CommitId): Promise<Result<AutoMerge>> {
    const end = await git(this.places, ['merge-tree', '--write-tree', '-z', '--messages', id(ours), id(theirs)], {
      env: this.places.runnerEnv,
      cwd: this.places.runnerDir,
      expected: [0, 1],
    });
    if (!end.ok) return end;
    const merged = parseMergeTree(end.value.stdout.toString('utf8'));
    if (/^[0-9a-f]{40,64}$/.test(merged.tree)) return ok(merged);
    // It ends with 1 for a commit that is not there as well.
    const stderr = `${ours} and ${theirs} cannot be merged: is a commit missing?`;
    return fail({ class: 'git-failed', command: 'git merge-tree', exitCode: 1, stderr });
  }

  mergeFile(
    current: Uint8Array,
    base: Uint8Array,
    other: Uint8Array,
    where: 'union' | 'conflict',
  ): Promise<Result<Uint8Array | null>> {
    return mergeFile(this.places, [current, base, other], where);
  }

  replaceFiles(tree: TreeId, files: Parameters<Repository['replaceFiles']>[1]): Promise<Result<TreeId>> {
    return replaceFiles(this.places, id(tree) as TreeId, files);
  }

  digest(data: Uint8Array): string {
    return createHash(this.places.objectFormat).update(data).digest('hex');
  }

  async mergeBase(one: CommitId, other: CommitId): Promise<CommitId | null> {
    const end = await git(this.places, ['merge-base', id(one), id(other)], {
      env: this.places.runnerEnv,
      cwd: this.places.runnerDir,
      expected: [0, 1],
    });
    if (!end.ok) throw new GitReadFailed(`git merge-base failed on ${one} and ${other}`);
    return end.value.exitCode === 0 ? (end.value.stdout.toString('utf8').trim() as CommitId) : null;
  }

  lineOrigin(from: CommitId, to: CommitId, path: string, line: number): Promise<CommitId | null> {
    return lineOrigin(this.places, id(from) as CommitId, id(to) as CommitId, path, line);
  }

  async unmerged(folder: string, into: CommitId): Promise<readonly { ref: string; subject: string }[]> {
    const format = '--format=%(refname) %(contents:subject)';
    const end = await git(this.places, ['for-each-ref', '--count=500', `--no-merged=${into}`, format, folder], {
      env: this.places.projectEnv,
      cwd: this.places.runnerDir,
    });
    if (!end.ok) throw new GitReadFailed(`git for-each-ref failed on ${folder}`);
    const lines = end.value.stdout.toString('utf8').split('\n');
    return lines.flatMap((line) => {
      const [, ref = '', subject = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      return ref === '' ? [] : [{ ref, subject }];
    });
  }

  recordedResolutions(): readonly InputFile[] {
    return recordedResolutions(this.places.projectDir);
  }

  async isAncestor(ancestor: CommitId, of: CommitId): Promise<boolean> {
    const end = await git(this.places, ['merge-base', '--is-ancestor', id(ancestor), id(of)], {
      env: this.places.runnerEnv,
      cwd: this.places.runnerDir,
      // 128: a commit that is not there, which is nobody's ancestor.
      expected: [0, 1, 128],
    });
    if (!end.ok) throw new GitReadFailed(`git merge-base failed on ${ancestor} and ${of}`);
    return end.value.exitCode === 0;
  }

  async tipAt(tip: CommitId, at: Instant): Promise<CommitId | null> {
    const end = await git(
      this.places,
      ['rev-list', '--first-parent', '--max-count=1', `--before=${String(Math.floor(epochMs(at) / 1000))}`, id(tip)],
      { env: this.places.runnerEnv, cwd: this.places.runnerDir },
    );
    if (!end.ok) throw new GitReadFailed(`git rev-list failed on ${tip}`);
    const found = end.value.stdout.toString('utf8').trim();
    return found === '' ? null : (found as CommitId);
  }

  moveRef(ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>> {
    return this.refs.move(ref, from, to);
  }

  async history(
    ref: string,
    { order, limit, without }: { readonly order?: string; readonly limit: number; readonly without?: CommitId },
  ): Promise<readonly HistoryEntry[]> {
    const trailer = (key: string): string => `%(trailers:key=PushPals-${key},valueonly,separator=%x20)`;
    const grep = order === undefined ? [] : ['--fixed-strings', `--grep=PushPals-Order: ${order}`];
    const format = `--format=%H%x1f%aI%x1f%s%x1f${trailer('Order')}%x1f${trailer('Event')}%x00`;
    const but = without === undefined ? [] : [`^${id(without)}`];
    const tip = await this.reader.resolve(ref);
    if (tip === null) return [];
    // In the runner's own directory: a person's `log.*` settings change what `git log` prints, and may run a program.
    const args = ['log', '--topo-order', `--max-count=${String(limit)}`, format, ...grep, tip, ...but, '--'];
    const end = await porcelain(this.places, args, { env: this.places.runnerEnv, cwd: this.places.runnerDir });
    if (!end.ok) throw new GitReadFailed(`git log failed on ${ref}`);
    return (
      end.value
        .split('\0')
        .map((entry) => entry.replace(/^\n/, ''))
        .filter((entry) => entry !== '')
        .map((entry) => {
          const [commit = '', at = '', subject = '', orders = '', events = ''] = entry.split('\u001f');
          return {
            commit: commit as CommitId,
            at,
            subject,
            order: orders.split(' ')[0] ?? '',
            event: events.split(' ')[0] ?? '',
            orders: orders.split(' '),
          };
        })
        .filter((entry) => order === undefined || entry.orders.includes(order))
        // The commit above it on a request's branch says nothing that the request does not.
        .filter(({ event }) => event !== 'propose')
        .map(({ orders: _, ...entry }) => entry)
        .reverse()
    );
  }
}

const records = (text: string): readonly string[] => text.split('\0').filter((record) => record !== '');

/** The `--raw` part (pairs of `:oldmode newmode oldid newid status` and path), then the `--numstat` part (`added\tremoved\tpath`). */
function parseChanges(parts: readonly string[]): readonly Change[] {
  let raws = 0;
  while (parts[raws]?.startsWith(':') === true) raws += 2;
  const counts = new Map(
    parts.slice(raws).map((record) => {
      const [added = '', removed = '', ...path] = record.split('\t');
      return [path.join('\t'), { added, removed }];
    }),
  );
  const changes: Change[] = [];
  for (let index = 0; index < raws; index += 2) {
    const [oldMode = '', newMode = '', oldId = '', newId = '', status = ''] = (parts[index] ?? '').slice(1).split(' ');
    const path = parts[index + 1] ?? '';
    const { added = '0', removed = '0' } = counts.get(path) ?? {};
    const binary = added === '-';
    const kind = status.startsWith('M') && oldId === newId ? 'mode' : KINDS[status.charAt(0)];
    if (kind === undefined) throw new Error(`git names a change ${status} that we do not know`);
    changes.push({
      path,
      kind,
      oldMode,
      newMode,
      binary,
      added: binary ? 0 : Number(added),
      removed: binary ? 0 : Number(removed),
    });
  }
  return changes;
}

const KINDS: Readonly<Record<string, Change['kind']>> = { A: 'added', D: 'deleted', M: 'modified', T: 'type' };
