import { diskFull } from '../core/health.js';
import { fail, ok, type Failure, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { pullState, usesImages } from '../core/images.js';
import { isAbandoned } from '../core/lease.js';
import { areDaily } from '../core/limits.js';
import type { Dropped, LoadedFormula, Observed } from '../core/observed.js';
import { PAUSE_FILE, readPause, type Pause } from '../core/pause.js';
import { ENDED_STATES, LIVE_STATES, type ActiveOrder, type EndedState, type StoredOrder } from '../core/record.js';
import { deadModels } from './dead-models.js';
import type { Desired } from './desired.js';
import { readCapable } from './capable.js';
import { endedWanted, readEndedOrders } from './children.js';
import { readDay } from './ledger.js';
import { readLiveRecords } from './records.js';
import { newOnForge, ordersSeen } from './forge/orders.js';
import { readWishes } from './forge/wishes.js';
import { fromOutside } from './outside.js';
import { missingSecrets } from './missing-secrets.js';
import type { InboxListing } from './ports/ops.js';
import type { TreeFile } from './ports/repository.js';
import type { DriverName } from './ports/sandbox.js';
import { screened, textKey } from './order-screen.js';
import { takenInBefore } from './taken-in.js';
import { observeTargets } from './target.js';
import { RUNNER, type Tools } from './tools.js';
import { readRequests } from './vault/observe.js';
import { observeTriggers } from './triggers/observe.js';
import { TRIGGERS, readTriggers } from './triggers/records.js';
import { stirring } from '../core/triggers/plan.js';
import type { TriggerRecord } from '../generated/types.js';

/** The live part of the ops branch at one commit. */
export interface OpsView {
  readonly tip: CommitId;
  readonly live: readonly StoredOrder[];
  /** Why nothing starts; null while things do. */
  readonly pause: Pause | null;
  /** The records of triggers, by their names; null for one that cannot be read. */
  readonly triggers: ReadonlyMap<string, TriggerRecord | null>;
  /** Records that cannot be read, each with why; the orders stay as they are until a person mends them. */
  readonly broken: readonly { readonly path: string; readonly failure: Failure }[];
}

/** Reads the live folders, never the archive, so that the cost grows with the work at hand. */
export async function readOps(tools: Pick<Tools, 'ops' | 'repository' | 'formats'>): Promise<Result<OpsView>> {
  const tip = await tools.ops.tip();
  if (tip === null)
    return fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });
  return ok(await readOpsAt(tip, tools));
}

export async function readOpsAt(tip: CommitId, tools: Pick<Tools, 'repository' | 'formats'>): Promise<OpsView> {
  const files = await tools.repository.files(tip, [...LIVE_STATES, TRIGGERS, PAUSE_FILE]);
  const isTrigger = ({ path }: TreeFile): boolean => path.startsWith(`${TRIGGERS}/`);
  const [records, triggers, pause] = await Promise.all([
    readLiveRecords(
      files.filter((file) => file.path.endsWith('.yml') && !isTrigger(file)),
      tools,
    ),
    readTriggers(files.filter(isTrigger), tools),
    pauseOf(files, tools),
  ]);
  const broken = [...records.broken, ...triggers.broken];
  return { tip, live: records.orders, broken, pause, triggers: triggers.records };
}

/** A file that is too large to be read pauses as well. */
const PAUSE_BYTES = 64 * 1024;

async function pauseOf(files: readonly TreeFile[], { repository }: Pick<Tools, 'repository'>): Promise<Pause | null> {
  const file = files.find(({ path }) => path === PAUSE_FILE);
  if (file === undefined) return null;
  const bytes = (await repository.blobs([file.blob], PAUSE_BYTES)).get(file.blob);
  return readPause(bytes == null ? '' : Buffer.from(bytes).toString('utf8'));
}

/** The pause that a commit holds, read without anything else. */
export const readPauseAt = async (tip: CommitId, tools: Pick<Tools, 'repository'>): Promise<Pause | null> =>
  pauseOf(await tools.repository.files(tip, [PAUSE_FILE]), tools);

/** Names that are taken, though nobody can say by what. */
export const unreadableNames = ({ broken }: Pick<OpsView, 'broken'>): readonly string[] =>
  broken.map(({ path }) => (path.split('/').at(-1) ?? '').replace(/\.yml$/, ''));

/** The names of every order that ended, with how. Reads folder listings only, and only when an order comes in. */
export async function readEnded(tip: CommitId, tools: Pick<Tools, 'repository'>): Promise<Observed['ended']> {
  return endedIn(await archiveAt(tip, tools));
}

const archiveAt = (tip: CommitId, { repository }: Pick<Tools, 'repository'>): Promise<readonly TreeFile[]> =>
  repository.files(tip, [...ENDED_STATES, 'rejected']);

function endedIn(files: readonly TreeFile[]): Observed['ended'] {
  return new Map(
    files.map(({ path }) => {
      const [state = '', , , file = ''] = path.split('/');
      return [file.replace(/\..*$/, ''), state as EndedState | 'rejected'];
    }),
  );
}

const refusal = (file: string, message: string): Failure => ({
  class: 'order-invalid',
  problems: [{ file, line: 1, column: 1, excerpt: '', message, hint: 'Drop a plain text file of at most 1 MB.' }],
});

/** One observation: everything that a plan is made from. */
export async function observe(
  tools: Tools,
  desired: Desired,
  base: CommitId,
  view: OpsView,
  listing: InboxListing,
  filed: readonly Dropped[] = [],
): Promise<Observed> {
  const { formats, sha256, clock, cel } = tools;
  const actor = `${tools.operator.name} <${tools.operator.email}>`;
  const now = clock.now();
  const triggers = await observeTriggers(tools, { base, desired }, view);
  const stirred = triggers === null ? [] : stirring(triggers, { ...desired, now, paused: view.pause !== null, sha256 });
  const live = new Set(view.live.map(({ record }) => record.id));
  const lost = [...view.triggers.values()].some((record) => record?.open.some((order) => !live.has(order)) === true);
  const isDropped = filed.length + listing.settled.length + listing.refused.length > 0;
  if (isDropped) tools.scanner.prepare();
  const there = await newOnForge(tools, desired, view.live);
  const wantedEnded = endedWanted(view.live, unreadableNames(view));
  const needsEnded =
    isDropped ||
    stirred.length > 0 ||
    there !== null ||
    lost ||
    wantedEnded.size > 0 ||
    view.live.some(({ record }) => record.order.after !== undefined);
  const archive = needsEnded ? await archiveAt(view.tip, tools) : [];
  const ended = endedIn(archive);
  const fromForge = await ordersSeen(tools, desired, there, { base, live: view.live, archive, ended });
  const issues = await readWishes(tools, desired, view.live, archive);
  const comes = isDropped || stirred.length > 0 || fromForge.orders.length + issues.again.length > 0;
  const taken = await takenInBefore(listing.settled, view.tip, archive, tools);
  const read: readonly Dropped[] = [
    ...filed,
    ...(await Promise.all(
      listing.settled.map(async (file) => ({
        path: file.path,
        digest: sha256(file.bytes),
        wasTaken: taken.has(file),
        actor: (file.committed ? await authorOf(tools, view.tip, file.path) : null) ?? actor,
        order: formats.order(file.path, file.bytes),
      })),
    )),
    ...listing.refused.map(({ path, why }) => ({ path, digest: '', actor, order: fail(refusal(path, why)) })),
  ];
  const bytesOf = new Map(listing.settled.map(({ path, bytes }) => [textKey({ path, digest: sha256(bytes) }), bytes]));
  const screenedAll = read.length === 0 ? read : await screened(tools.scanner, desired.policy, read, bytesOf);
  const dropped = await fromOutside(screenedAll, desired, sha256);
  const incoming = [...dropped, ...fromForge.orders];
  const capable = await readCapable(desired, incoming);
  const wanted = new Set([
    ...[...capable.values()].flat(),
    ...view.live.map(({ record }) => record.formula),
    ...stirred.map(({ order }) => order.formula),
    ...issues.again.map(({ record }) => record.formula),
    ...incoming.flatMap(({ order }) => (order.ok && order.value.formula !== undefined ? [order.value.formula] : [])),
    ...(incoming.length === 0
      ? []
      : [
          ...(desired.policy.routes ?? []).map(({ formula }) => formula),
          ...(desired.project.formula === undefined ? [] : [desired.project.formula]),
        ]),
  ]);
  const claimantAlive = (order: ActiveOrder): boolean | null => isClaimed(order, tools);
  const lease = { now, project: desired.project, claimantAlive };
  const startable = comes || view.live.some((order) => order.state !== 'active' || isAbandoned(order, lease));
  const { image } = desired.project.sandbox ?? {};
  // An engine takes its time to answer; the formulas are read meanwhile.
  const [formulas, failures] = await Promise.all([
    readFormulas(desired, wanted),
    startable ? probe(tools, driverOf(desired), [image]) : new Map<string | undefined, Failure>(),
  ]);
  const images = new Set([...formulas.values()].flatMap((loaded) => (loaded.ok ? stepImages(loaded.value) : [])));
  images.delete(image ?? '');
  if (startable && images.size > 0)
    for (const [other, failure] of await probe(tools, driverOf(desired), [...images])) failures.set(other, failure);
  const pulls = new Map<string | undefined, 'due' | 'underway'>();
  const pinned = new Map<string, string | null>();
  if (startable && usesImages(desired.project)) {
    await lookForImages(tools, desired, failures, pulls);
    const store = (await tools.sandbox(driverOf(desired))).images;
    for (const name of new Set([...(image === undefined ? [] : [image]), ...images]))
      pinned.set(name, (await store?.pinnedName(name)) ?? null);
  }
  const models =
    startable && view.pause === null ? await deadModels(tools, desired, formulas) : new Map<string, Failure>();
  const secrets = startable ? missingSecrets(tools, desired, formulas) : new Map<string, Failure>();
  return {
    now,
    base,
    project: desired.project,
    policy: desired.policy,
    paused: view.pause !== null,
    live: view.live,
    dropped,
    fromForge,
    issues,
    unreadable: unreadableNames(view),
    ended,
    children: await readEndedOrders(wantedEnded, archive, tools),
    formulas,
    formulaNames: desired.formulaNames,
    capable,
    policyDigest: desired.policyDigest,
    ...(await readRequests(tools, view.tip, view.live, { policy: desired.policy, base })),
    runner: RUNNER,
    claimantAlive,
    sharedBy: tools.sharing === null ? null : tools.processes.self().host,
    remoteFailure: tools.sharing?.failure() ?? null,
    today: areDaily(desired.policy.limits) ? await readDay(tools, view, now) : [],
    targets: await observeTargets(tools, view.live, tools.seen ?? null),
    seen: tools.seen ?? null,
    triggers,
    sandboxFailure: (name) => failures.get(name) ?? null,
    pulls: (name) => pulls.get(name) ?? null,
    pinnedName: (name) => pinned.get(name) ?? null,
    modelFailure: (name) => models.get(name) ?? null,
    secretFailure: (name) => secrets.get(name) ?? null,
    cel,
    sha256,
  };
}

/** Whether a runner is at work on an active order; null where this machine cannot tell. */
function isClaimed({ record }: ActiveOrder, { processes, isUnderway }: Tools): boolean | null {
  const { claimant } = record.run;
  const self = processes.self();
  const isOwn =
    claimant.host === self.host &&
    claimant.pid === self.pid &&
    claimant.startedAt === self.startedAt &&
    claimant.boot === self.boot;
  return isOwn && isUnderway !== undefined ? isUnderway(record.id) : processes.alive(claimant);
}

/** Who committed a file of the inbox: whoever ticks only takes it in. */
async function authorOf({ vault }: Tools, tip: CommitId, path: string): Promise<string | null> {
  const found = await vault.added(tip, path, []);
  return found === null ? null : `${found.author.name} <${found.author.email}>`;
}

/** Formulas as the base commit has them; a name that does not exist is missing. */
export async function readFormulas(
  desired: Desired,
  names: Iterable<string>,
): Promise<Map<string, Result<LoadedFormula>>> {
  const formulas = new Map<string, Result<LoadedFormula>>();
  for (const name of names) {
    const loaded = await desired.formula(name);
    if (loaded !== undefined) formulas.set(name, loaded);
  }
  return formulas;
}

const stepImages = ({ formula }: LoadedFormula): readonly string[] => formula.steps.flatMap(({ image }) => image ?? []);

export const driverOf = (desired: Pick<Desired, 'project'>): DriverName => desired.project.sandbox?.driver ?? 'docker';

async function probe(
  tools: Tools,
  name: DriverName,
  images: readonly (string | undefined)[],
): Promise<Map<string | undefined, Failure>> {
  const failures = new Map<string | undefined, Failure>();
  const full = diskFull(await tools.machine.freeBytes(), name);
  if (full !== null) return new Map(images.map((image) => [image, full]));
  const driver = await tools.sandbox(name);
  for (const image of images) {
    const failure = await driver.unavailable(image);
    if (failure !== null) failures.set(image, failure);
  }
  return failures;
}

/** Takes the images that are only missing, and can be got, out of what failed. */
async function lookForImages(
  { sandbox, machine, clock, processes }: Tools,
  desired: Desired,
  failures: Map<string | undefined, Failure>,
  pulls: Map<string | undefined, 'due' | 'underway'>,
): Promise<void> {
  const missing = [...failures.values()].flatMap((failure) =>
    failure.class === 'image-missing' ? [failure.image] : [],
  );
  if (missing.length === 0) return;
  if ((await sandbox(driverOf(desired))).images === undefined) return;
  const notes = await machine.pulls();
  for (const image of missing) {
    const build = desired.builds.get(image);
    if (build === undefined && desired.project.sandbox?.pull === 'never') continue;
    const note = notes.get(image);
    const state = pullState(image, note, clock.now(), (by) => processes.alive(by));
    if (typeof state === 'object') {
      const { why = '', retryAt = clock.now() } = state;
      const tail = note?.tail ?? '';
      failures.set(
        image,
        build === undefined ? state : { class: 'image-build-failed', dockerfile: build.dockerfile, why, tail, retryAt },
      );
    } else {
      failures.delete(image);
      pulls.set(image, state);
    }
  }
}
