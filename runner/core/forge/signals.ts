import type { Order, Project, Tier } from '../../generated/types.js';
import { ok } from '../failure.js';
import { elapsedMs, type CommitId, type Instant } from '../ids.js';
import type { FromForge, PersonAsked, SeenOrders } from '../observed.js';
import { instructionsIn } from '../outside/instructions.js';
import { TRIAGE, quarantined } from '../outside/quarantine.js';
import type { StoredOrder } from '../record.js';
import { asOnForge, type ForgeWord } from '../vault/forge-word.js';
import type { Check, PullRequest, Review } from './pull-request.js';
import type { SeenPull, SeenSignals } from './seen.js';
import {
  isBuildName,
  isSettled,
  lastOf,
  nextName,
  roundsOf,
  stemOf,
  type Before,
  type SignalKind,
} from './signal-rounds.js';
import { buildWords, checkWords, conflictWords, loginOf, reviewWords, type SignalWords } from './signal-words.js';

/** What git knows of a pull request's head. */
export interface HeadFacts {
  /** A run made it: nobody else has gone on from there. */
  readonly isOurs: boolean;
  /** Globs of what the pull request changes; null: too much to be listed. */
  readonly changes: readonly string[] | null;
}

/** What signals are decided on beside what was seen of them. */
export interface SignalFacts extends Pick<Before, 'records'> {
  readonly now: Instant;
  /** The tip of the project's branch. */
  readonly tip: CommitId;
  /** By the orders whose pull requests they are. */
  readonly heads: ReadonlyMap<string, HeadFacts>;
  /** The floors of those orders' formulas. */
  readonly risks: ReadonlyMap<string, Tier>;
}

export interface SignalQuestions extends SignalFacts, Before {
  readonly project: Project;
  readonly kind: ForgeWord['kind'];
  readonly sha256: (text: string) => string;
}

const ROUNDS = 3;
/** Reviews are acts of people, who may ask as often as they want; this often no two of them that are machines do. */
const MOST_REVIEWS = 10;
/** A branch that is still broken when an order to mend it has ended is left alone for so long. */
const BUILD_PAUSE_MS = 3_600_000;
/** Where tests are, which what goes on from a change may touch beside what that changed. */
const TESTS = ['**/{test,tests,spec,specs,__tests__}/**', '**/*.{test,spec}.*', '**/*_{test,spec}.*', '**/test_*.*'];

/**
 * The orders that signals of the forge ask for: one at a time for a branch, each once, and after so many rounds of a pull request none, but a person. Equal looks give equal
 * orders, under equal names; how many rounds there were is told by what orders there were.
 */
export function signalOrders(seen: SeenSignals, asked: SignalQuestions): SeenOrders {
  const orders: FromForge[] = [...buildOrders(seen, asked)];
  const asks: PersonAsked[] = [];
  for (const each of seen.pulls) {
    const came = ofPull(each, asked);
    if (came === null) continue;
    if ('why' in came) asks.push({ order: each.order, pull: each.pull, why: came.why });
    else orders.push(came);
  }
  return { orders, held: [], asks };
}

const isFailing = ({ state }: Check): boolean => state === 'failure';
const isAwaited = ({ state, isRequired }: Check): boolean => isRequired && state === 'pending';
const isRefused = ({ state, byMayWrite }: Review): boolean => state === 'changes-requested' && byMayWrite;

/** Whether there is anything to decide on. */
export const hasSignals = ({ branch, pulls }: SeenSignals): boolean =>
  branch?.checks.some((check) => check.isRequired && isFailing(check)) === true ||
  pulls.some(
    ({ pull, checks, reviews }) => pull.mergeable === false || checks.some(isFailing) || reviews.some(isRefused),
  );

/** Whether anything goes on from an order's branch already. */
export function isBusy({ record }: StoredOrder, live: readonly StoredOrder[]): boolean {
  const branch = `pushpals/${record.id}`;
  return live.some(
    ({ record: { id, order, shipped } }) =>
      id !== record.id && (order.inputs?.['branch'] === branch || shipped?.into === branch),
  );
}

/** One for all that fails: whoever finds out why one check fails sees the others. */
function buildOrders({ branch }: SeenSignals, asked: SignalQuestions): readonly FromForge[] {
  const { project, live, records, now } = asked;
  const formula = formulaFor(project, 'default-branch');
  const failing = branch?.checks.filter((check) => check.isRequired && isFailing(check)) ?? [];
  if (formula === null || branch === null || failing.length === 0) return [];
  if (live.some(({ record }) => isBuildName(record.id))) return [];
  const isRecent = ({ record: { id, ended } }: StoredOrder): boolean =>
    isBuildName(id) && ended !== undefined && elapsedMs(ended.at as Instant, now) < BUILD_PAUSE_MS;
  if ([...records.values()].some(isRecent)) return [];
  const name = nextName(
    `build-${digestOf(['build', branch.tip, failing.map(({ name }) => name).sort()], asked)}`,
    asked,
  );
  if (name === null) return [];
  return [made({ name, work: 'build', formula, words: buildWords(branch, failing), actor: asked.kind }, null, asked)];
}

/** What a pull request asks for now: an order, a person, or nothing. */
function ofPull(seen: SeenPull, asked: SignalQuestions): FromForge | Pick<PersonAsked, 'why'> | null {
  const { pull, order: id } = seen;
  const { live, heads, project } = asked;
  const order = live.find(({ record }) => record.id === id);
  const head = heads.get(id);
  if (order === undefined || head === undefined || pull.state !== 'open' || isBusy(order, live)) return null;
  const signal = signalOf(seen, head, asked);
  if (signal === null) return null;
  const { kind, formula, words, actor } = signal;
  const stem = stemFor(pull, kind, signal.about, asked);
  const name = nextName(stem, asked);
  const last = lastOf(stem, asked);
  // Who cancelled it has decided already.
  if (name === null && last?.state !== 'cancelled')
    return {
      why: `${words.what}, and ${last?.name ?? stem} (${last?.state ?? ''}) did not change that: people go on there`,
    };
  if (name === null) return null;
  const rounds = roundsOf(pull.number, kind, asked);
  const most = kind === 'review' ? MOST_REVIEWS : (project.signals?.rounds ?? ROUNDS);
  if (rounds >= most) return { why: `${words.what}, after ${String(rounds)} rounds: people go on there` };
  return made({ name, work: 'follow-up', formula, words, actor }, { order, head, kind }, asked);
}

interface Signal {
  readonly kind: SignalKind;
  readonly formula: string;
  readonly words: SignalWords;
  /** What tells it from every other. */
  readonly about: string;
  readonly actor: string;
}

/** The most pressing: what conflicts can be neither checked nor merged, and what people say goes before what checks do. */
function signalOf(seen: SeenPull, { isOurs }: HeadFacts, asked: SignalQuestions): Signal | null {
  const { pull, checks, reviews } = seen;
  const { project, kind: forge, tip } = asked;
  const into = project.branch ?? 'main';
  const { commit } = pull.head;
  if (pull.mergeable === false) {
    const formula = formulaFor(project, 'conflicts');
    if (formula === null || !isOurs || pull.base !== into) return null;
    return { kind: 'conflict', formula, words: conflictWords(pull, into), about: `${commit} ${tip}`, actor: forge };
  }
  const answers = formulaFor(project, 'reviews');
  const review = reviews.find(
    (each) =>
      isRefused(each) &&
      isLastWord(each, reviews) &&
      (isOurs || each.commit === commit) &&
      !isSettled(stemFor(pull, 'review', each.id, asked), asked),
  );
  if (review !== undefined && answers !== null) {
    const actor = asOnForge(forge, loginOf(review.by));
    return { kind: 'review', formula: answers, words: reviewWords(pull, review), about: review.id, actor };
  }
  const mends = formulaFor(project, 'checks');
  const failing = checks.filter(isFailing);
  if (mends === null || !isOurs || failing.length === 0 || checks.some(isAwaited)) return null;
  return { kind: 'checks', formula: mends, words: checkWords(pull, failing), about: commit, actor: forge };
}

export const SIGNALS = ['default-branch', 'checks', 'reviews', 'conflicts'] as const;

/** The formula that a kind of signal becomes an order of; null: none. */
export function formulaFor({ signals = {} }: Pick<Project, 'signals'>, key: (typeof SIGNALS)[number]): string | null {
  const { [key]: formula = 'off' } = signals;
  return formula === 'off' ? null : formula;
}

/** Of what somebody decided, the last counts. */
const isLastWord = ({ id, by }: Review, reviews: readonly Review[]): boolean =>
  reviews.filter((each) => each.by === by && each.state !== 'commented').at(-1)?.id === id;

const digestOf = (about: unknown, { sha256 }: Pick<SignalQuestions, 'sha256'>): string =>
  sha256(JSON.stringify(about)).slice(0, 12);

const stemFor = ({ number }: PullRequest, kind: SignalKind, about: string, asked: SignalQuestions): string =>
  `${stemOf(number, kind)}-${digestOf([kind, about], asked)}`;

const RANK: readonly Tier[] = ['low', 'medium', 'high'];
const higher = (one: Tier, other: Tier): Tier => (RANK.indexOf(one) > RANK.indexOf(other) ? one : other);

/**
 * The order: words of the runner's own, and what others said as nothing but background. Where that tries to instruct its reader, a person is shown it first. What goes on from
 * another order is bound as that is, at least as risky, and on behalf of whoever asked for that, so that none of them approves it.
 */
function made(
  { name, work, formula, words, actor }: Pick<FromForge, 'name' | 'work' | 'actor'> & Pick<Signal, 'formula' | 'words'>,
  from: { readonly order: StoredOrder; readonly head: HeadFacts; readonly kind: SignalKind } | null,
  { risks, sha256 }: SignalQuestions,
): FromForge {
  const { goal, context, url } = words;
  const inputs = from === null ? {} : { branch: `pushpals/${from.order.record.id}` };
  const plain: Order = { goal, formula, dedupe: name, context, inputs, ...(from === null ? {} : bounds(from, risks)) };
  const origin = { name, work, path: words.from, digest: sha256(context), actor };
  const seen = instructionsIn(context).length > 0 ? shownFirst({ ...plain, outside: url }, formula, sha256) : plain;
  if (from === null) return { ...origin, order: ok(seen) };
  const { onBehalfOf, actor: asker } = from.order.record.accepted;
  return { ...origin, order: ok(seen), onBehalfOf: onBehalfOf ?? asker };
}

function shownFirst(order: Order, wanted: string, sha256: SignalQuestions['sha256']): Order {
  const asks = quarantined(order, { formula: TRIAGE, sha256, mayWrite: true, wanted });
  return { ...asks, inputs: { ...asks.inputs, ...order.inputs } };
}

/** Where the order was bound to no paths, those that it changed, and tests; what resolves a conflict is bound to files that conflict. */
function bounds(
  {
    order: { record },
    head,
    kind,
  }: { readonly order: StoredOrder; readonly head: HeadFacts; readonly kind: SignalKind },
  risks: SignalFacts['risks'],
): Pick<Order, 'risk' | 'constraints' | 'checks'> {
  const { risk = 'low', constraints: { avoid, only } = {}, checks } = record.order;
  const changes = head.changes === null || kind === 'conflict' ? undefined : [...head.changes, ...TESTS];
  const paths = only ?? changes;
  const constraints = { ...(avoid === undefined ? {} : { avoid }), ...(paths === undefined ? {} : { only: paths }) };
  return {
    risk: higher(risk, risks.get(record.id) ?? 'low'),
    ...(checks === undefined ? {} : { checks }),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  };
}
