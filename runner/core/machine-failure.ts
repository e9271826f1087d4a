import type { Failure } from './failure.js';

type MachineFailed = Extract<Failure, { class: 'machine-failed' }>;

/** What each error number says in words, and what to do about it. */
const ERRORS: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOSPC: [
    'the disk is full',
    'Free some space: `pushpals doctor` says how much there is; `rm -rf .pushpals/pool` is safe while nothing runs.',
  ],
  EDQUOT: ['the disk quota is used up', 'Free some space, or have the quota raised: `quota -s` shows it.'],
  EROFS: [
    'the file system is read-only',
    'Have it mounted writable again (`mount -o remount,rw …`). Where it became so by itself, look at `dmesg` first: the disk may be failing.',
  ],
  EACCES: [
    'the rights do not allow it',
    'Give the user that runs the ticks the right to write the repository: `ls -ld` of the path shows whose it is.',
  ],
  EPERM: [
    'the rights do not allow it',
    'Give the user that runs the ticks the right to write the repository: `ls -ld` of the path shows whose it is.',
  ],
  EIO: [
    'the disk does not answer as it should',
    'Look at `dmesg`, and copy the repository to another disk before anything else.',
  ],
  EMFILE: ['too many files are open', 'Raise the limit: `ulimit -n 4096`.'],
  ENFILE: ['too many files are open on this machine', 'Find what holds them: `lsof | wc -l`.'],
  ENOMEM: ['the machine has no memory left', 'End what uses it up, or let fewer orders run at once (`runner.slots`).'],
  EXDEV: [
    'it is on another file system than the repository',
    'Keep `.pushpals/` and `ops/` on the file system of the repository.',
  ],
};

const ODD: readonly [what: string, mend: string] = [
  'the runner’s own folder holds what it did not put there',
  'While nothing runs here: rm -rf .pushpals. All that matters is in git.',
];
/** What these say of the runner's own folder; anywhere else they are a bug. */
const ODD_CODES = new Set(['ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY', 'ELOOP']);

const explain = (code: string, path: string): readonly [what: string, mend: string] | undefined =>
  ERRORS[code] ?? (ODD_CODES.has(code) && /\/\.pushpals(\/|$)/.test(path) ? ODD : undefined);

/** What an error of the operating system says of the machine; null for any other error, which is a bug of ours. */
export function machineFailure(error: unknown): MachineFailed | null {
  const { code, path, syscall } = (error ?? {}) as Readonly<Record<'code' | 'path' | 'syscall', unknown>>;
  if (typeof code !== 'string' || typeof syscall !== 'string') return null;
  const at = typeof path === 'string' ? path : '';
  return explain(code, at) === undefined ? null : { class: 'machine-failed', code, doing: syscall, path: at };
}

export function describeMachine({ code, doing, path }: MachineFailed): {
  readonly what: string;
  readonly mend: string;
} {
  const [what, mend] = explain(code, path) ?? [code, 'Look at `pushpals doctor`.'];
  return { what: `${what} (${code}: ${doing}${path === '' ? '' : ` ${path}`})`, mend };
}
