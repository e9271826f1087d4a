import type { TriggerRecord } from '../../generated/types.js';
import { wholeFile, type Failure } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { StoredOrder } from '../../core/record.js';
import type { TreeFile } from '../ports/repository.js';
import type { Tools } from '../tools.js';

/** The folder of the records, at the top of the ops branch. */
export const TRIGGERS = 'triggers';

/** The records of triggers among the files, by name; null for one that cannot be read, with why. */
export async function readTriggers(
  files: readonly TreeFile[],
  { repository, formats }: Pick<Tools, 'repository' | 'formats'>,
): Promise<{
  readonly records: ReadonlyMap<string, TriggerRecord | null>;
  readonly broken: readonly { readonly path: string; readonly failure: Failure }[];
}> {
  const records = new Map<string, TriggerRecord | null>();
  const broken: { path: string; failure: Failure }[] = [];
  const blobs = await repository.blobs(files.map(({ blob }) => blob));
  for (const { path, blob } of files) {
    const name = /^triggers\/([a-z0-9][a-z0-9-]{0,59})\.yml$/.exec(path)?.[1];
    // What people put beside the records is theirs.
    if (name === undefined) continue;
    const bytes = blobs.get(blob);
    const read = bytes == null ? unreadable(path, 'it is too large') : formats.trigger(path, bytes);
    const record = read.ok && read.value.id !== name ? unreadable(path, `its \`id\` is ${read.value.id}`) : read;
    records.set(name, record.ok ? record.value : null);
    if (!record.ok) broken.push({ path, failure: record.failure });
  }
  return { records, broken };
}

const unreadable = (path: string, message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: {
    class: 'config-invalid',
    problems: [
      wholeFile(path, message, 'Only the runner writes this folder; remove the file, and it counts from then on.'),
    ],
  },
});

/** What triggers need of the ops branch at one commit. */
export interface Looked {
  readonly tip: CommitId;
  readonly live: readonly StoredOrder[];
  readonly triggers: ReadonlyMap<string, TriggerRecord | null>;
}
