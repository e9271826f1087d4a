import type { AuditHistory } from '../../app/ports/audit.js';
import type { AuditCommit } from '../../core/audit.js';
import type { CommitId } from '../../core/ids.js';
import { git } from './command.js';
import type { GitPlaces } from './places.js';

const FORMAT = `%H%x00%P%x00%ce%x00%(trailers:key=PushPals-Order,key=PushPals-Event,unfold,separator=%x03)%x00`;

export const gitAuditHistory = (places: GitPlaces): AuditHistory => ({
  commits: async (tip) => {
    const args = ['--topo-order', '--reverse', '--diff-merges=first-parent', '--raw', '--no-abbrev', '-z', '--root'];
    const [text, merges] = await Promise.all([
      log(places, [...args, '-r', '--no-renames', `--format=${FORMAT}`, tip, '--']),
      // Of a merge this prints what is as in none of its parents.
      log(places, ['--merges', '-c', '--raw', '-z', '--no-renames', '--format=%x01%H', '--name-only', tip, '--']),
    ]);
    return parse(text, ownPaths(merges));
  },
  versions: async (tip, path) => {
    const text = await log(places, ['--first-parent', '--format=%H', tip, '--', `:(literal)${path}`]);
    return text.split('\n').filter((line) => line !== '') as CommitId[];
  },
});

async function log(places: GitPlaces, args: readonly string[]): Promise<string> {
  const end = await git(places, ['log', ...args], { env: places.runnerEnv, cwd: places.runnerDir });
  if (!end.ok) throw new Error(`git log failed: ${JSON.stringify(end.failure)}`);
  return end.value.stdout.toString('utf8');
}

/**
 * What `git log --raw -z` prints: for each commit its id, committer and trailers, then `:<modes> <ids> <status>` and a path for each change, all ended by
 * NUL. A path is only ever read after such an entry, so that no name can pose as anything else.
 */
function parse(text: string, merges: ReadonlyMap<string, ReadonlySet<string>>): readonly AuditCommit[] {
  const fields = text.split('\0');
  const commits: AuditCommit[] = [];
  let changes: AuditCommit['changes'][number][] = [];
  for (let index = 0; index < fields.length; index += 1) {
    const field = (fields[index] ?? '').replace(/^\n+/, '');
    if (field === '') continue;
    const [, blob = '', status = ''] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([A-Z])$/.exec(field) ?? [];
    if (status !== '') {
      index += 1;
      const path = fields[index] ?? '';
      changes.push({ status: status as 'A', path, blob: /^0+$/.test(blob) ? null : blob });
      continue;
    }
    if (!/^[0-9a-f]{40,64}$/.test(field)) throw new Error(`git log printed ${JSON.stringify(field.slice(0, 200))}`);
    changes = [];
    const [above = '', committer = '', trailers = ''] = fields.slice(index + 1, index + 4);
    const parents = above.split(' ').filter((id) => id !== '');
    const own = parents.length > 1 ? (merges.get(field) ?? new Set<string>()) : null;
    commits.push({ commit: field, parents, own, committer, events: pairs(trailers.split('\u0003')), changes });
    index += 3;
  }
  return commits;
}

/** What each merge has that none of its parents has. */
function ownPaths(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    text
      .split('\u0001')
      .filter((part) => part !== '')
      .map((part) => {
        const [commit = '', ...paths] = part.split(/\0\n?/);
        return [commit.trim(), new Set(paths.filter((path) => path !== ''))] as const;
      }),
  );
}

/** Each event belongs to the order that is named last before it. */
function pairs(lines: readonly string[]): AuditCommit['events'] {
  const events: AuditCommit['events'][number][] = [];
  let order = '';
  for (const line of lines) {
    const [, key = '', value = ''] = /^PushPals-(Order|Event): (.*)$/.exec(line) ?? [];
    if (key === 'Order') order = value;
    else if (key === 'Event') events.push({ order, event: value });
  }
  return events;
}
