import { fail, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { recordPath, type StoredOrder } from '../core/record.js';
import { isLegal, transitionSubject, type OrderEvent } from '../core/transitions.js';
import type { OpsCommit, Person } from './ports/ops.js';
import { RUNNER, type Tools } from './tools.js';
import { inTurn } from './turn.js';

type File = OpsCommit['files'][number];

export interface Transition {
  readonly event: OrderEvent;
  readonly from: StoredOrder | null;
  readonly to: StoredOrder;
  /** Files beside the order's own: evidence, the inbox file that goes. */
  readonly files?: readonly File[];
  readonly actor?: Person;
  readonly subject?: string;
  readonly body?: string;
}

/** The commit of one transition. An illegal one is a bug, and throws. */
export function transitionCommit(
  { event, from, to, files = [], actor, subject, body }: Transition,
  tools: Pick<Tools, 'formats' | 'clock' | 'processes'>,
): OpsCommit {
  if (!isLegal(event, from?.state ?? 'none', to.state))
    throw new Error(`illegal transition ${event}: ${from?.state ?? 'none'} → ${to.state}`);
  const path = recordPath(to);
  const before = from === null ? null : recordPath(from);
  return {
    subject: subject ?? transitionSubject(event, from, to),
    ...(body === undefined ? {} : { body }),
    trailers: trailers(event, to.record.id, to.record.run?.id, actor ?? RUNNER, tools),
    author: actor ?? RUNNER,
    at: tools.clock.now(),
    files: [
      ...(before === null || before === path ? [] : [{ path: before, content: null }]),
      { path, content: tools.formats.stringify(to.record) },
      ...files,
    ],
  };
}

export function trailers(
  event: OrderEvent,
  order: string,
  run: string | undefined,
  actor: Person,
  { processes }: Pick<Tools, 'processes'>,
): OpsCommit['trailers'] {
  const { host, pid } = processes.self();
  return [
    ['PushPals-Order', order],
    ...(run === undefined ? [] : [['PushPals-Run', run] as const]),
    ['PushPals-Event', event],
    ['PushPals-Runner', `${host}/${String(pid)}`],
    ['PushPals-Actor', `${actor.name} <${actor.email}>`],
  ];
}

/** How often a writer plans anew after somebody else moved the branch. */
const ROUNDS = 50;

/**
 * Writes what `make` asks for on the tip it was shown, and moves the branch; makes it anew if somebody else moved it meanwhile.
 * The one place through which everything on the ops branch is written, so that a dry run holds it all back here.
 * `make` gives null when there is nothing (any more) to write, and must not write itself. Answers the new tip, or null if nothing was written. It waits for the
 * people's work tree to follow, unless `follows` has it otherwise.
 */
export async function write(
  tools: Pick<Tools, 'ops' | 'report' | 'clock' | 'dryRun' | 'sharing'>,
  make: (tip: CommitId) => Promise<Result<readonly OpsCommit[] | null>>,
  follows: (follow: (withinMs?: number) => Promise<void>) => Promise<void> | void = (now) => now(),
): Promise<Result<CommitId | null>> {
  const written = await inTurn(tools.ops, () => writeNow(tools, make));
  if (!written.ok || written.value === null) return written;
  tools.sharing?.soon();
  await follows(async (withinMs) => {
    await follow(tools, withinMs);
  });
  return written;
}

async function writeNow(
  tools: Pick<Tools, 'ops' | 'report' | 'clock' | 'dryRun'>,
  make: (tip: CommitId) => Promise<Result<readonly OpsCommit[] | null>>,
): Promise<Result<CommitId | null>> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const tip = await tools.ops.tip();
    if (tip === null)
      return fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });
    const commits = await make(tip);
    if (!commits.ok) return commits;
    if (commits.value === null || commits.value.length === 0) return { ok: true, value: null };
    if (tools.dryRun) {
      for (const { subject } of commits.value) tools.report({ event: 'would', subject });
      return { ok: true, value: null };
    }
    const written = await tools.ops.append(tip, commits.value);
    if (!written.ok) return written;
    const moved = await tools.ops.advance(tip, written.value);
    if (!moved.ok) return moved;
    if (moved.value) return written;
    await tools.clock.sleep(Math.min(5 * round, 100));
  }
  return fail({
    class: 'state-conflict',
    what: `the ops branch moved ${String(ROUNDS)} times while a change was written`,
    hint: 'Look for another runner or script that pushes to it all the time.',
  });
}

/** How far the people's work tree may be behind while others work: nobody waits for each step of a run there. */
export const LAG_MS = 500;

/** Where it was said already that the work tree could not follow. */
const told = new WeakSet<object>();

/** Brings the people's work tree along. False, and said once, where that cannot be now. */
export async function follow({ ops, report }: Pick<Tools, 'ops' | 'report'>, withinMs = 0): Promise<boolean> {
  const followed = await ops.follow(withinMs);
  if (!followed && !told.has(ops)) {
    told.add(ops);
    const text =
      'the work tree of the ops branch could not follow: git keeps its index locked; a later tick makes up for it, and `pushpals doctor` says which lock that is';
    report({ event: 'warning', text });
  }
  return followed;
}
