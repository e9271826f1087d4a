import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formats } from '../../../runner/adapters/formats.js';
import type { Desired } from '../../../runner/app/desired.js';
import type { OpsCommit, OpsStore } from '../../../runner/app/ports/ops.js';
import type { Progress } from '../../../runner/app/ports/progress.js';
import { Ledger } from '../../../runner/app/run/agents/ledger.js';
import type { RunContext, StepFacts } from '../../../runner/app/run/context.js';
import { Journal, type RunJournal } from '../../../runner/app/run/journal.js';
import type { NewChild } from '../../../runner/app/run/orders-step.js';
import { runGraph } from '../../../runner/app/run/run-graph.js';
import type { StepResult } from '../../../runner/app/run/step-result.js';
import type { Trees } from '../../../runner/app/run/trees.js';
import type { Tools } from '../../../runner/app/tools.js';
import { ok, type Result } from '../../../runner/core/failure.js';
import { graphOf } from '../../../runner/core/graph.js';
import type { CommitId, Instant } from '../../../runner/core/ids.js';
import { recordPath, type ActiveOrder } from '../../../runner/core/record.js';
import type { OrderRecord, RunRecord, Step } from '../../../runner/generated/types.js';
import { until } from '../../until.js';
import { valueOf } from '../connected.js';

const BASE = 'b'.repeat(40) as CommitId;
const START = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-01T00:04:00.000Z';
const STEPS: Step[] = [
  { id: 'plan', orders: '[]' },
  { id: 'other', run: 'x' },
];

/** An ops branch in memory, which writes nothing while it is held. */
class Branch {
  /** What each move of the branch brought, in one go. */
  readonly moves: (readonly OpsCommit[])[] = [];
  held: Promise<void> = Promise.resolve();
  #tip = 'c0' as CommitId;
  #next: readonly OpsCommit[] = [];

  readonly store = {
    ref: 'refs/heads/ops',
    tip: () => Promise.resolve(this.#tip),
    append: async (_: CommitId | null, commits: readonly OpsCommit[]) => {
      await this.held;
      this.#next = commits;
      return ok(`c${String(this.moves.length + 1)}` as CommitId);
    },
    advance: (_: CommitId | null, to: CommitId) => {
      this.#tip = to;
      this.moves.push(this.#next);
      return Promise.resolve(ok(true));
    },
    follow: () => Promise.resolve(true),
    sweep: () => [],
  } satisfies OpsStore;
}

/** A step that ends when the test says so. */
class Ending {
  readonly promise: Promise<Result<StepResult & { readonly children?: readonly NewChild[] }>>;
  end: (result: StepResult & { readonly children?: readonly NewChild[] }) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.end = (result) => {
        resolve(ok(result));
      };
    });
  }
}

const RUN = {
  ...{ id: 'go-1', attempt: 1, claimedAt: START, leaseUntil: START, formula: 'f', formulaDigest: 'd', base: BASE },
  claimant: { host: 'here', pid: 1, startedAt: START, boot: 'b' },
  driver: 'host',
  steps: { plan: { state: 'pending' }, other: { state: 'pending' } },
} as unknown as RunRecord;
const ORDER = {
  state: 'active',
  record: { id: 'go', order: { goal: 'Go' }, formula: 'f', attempts: 1, run: RUN },
} as unknown as ActiveOrder;
const CHILD = { id: 'child', order: { goal: 'A part' }, formula: 'f', attempts: 0 } as unknown as OrderRecord;

/** The tools of a run on that branch, which has its order and the files that are `there`. */
function toolsOn(branch: Branch, now: () => string, told: Progress[], there: readonly string[] = []): Tools {
  const text = Buffer.from(formats.stringify(ORDER.record));
  const files = [recordPath(ORDER), ...there].map((path) => ({ path, mode: '100644', blob: 'o' }));
  return {
    ops: branch.store,
    formats,
    clock: { now: () => now() as Instant, sleep: () => Promise.resolve() },
    report: (progress: Progress) => told.push(progress),
    processes: { self: () => RUN.claimant },
    sharing: null,
    dryRun: false,
    repository: {
      files: (_: CommitId, paths: readonly string[]) =>
        Promise.resolve(files.filter(({ path }) => paths.some((each) => path === each || path.startsWith(`${each}/`)))),
      blobs: () => Promise.resolve(new Map([['o', text]])),
    },
  } as unknown as Tools;
}

test('an order that came in meanwhile is not overwritten by one that is filed under its name', async () => {
  for (const there of [[], ['waiting/child-2.yml'], ['queue/child.yml'], ['waiting/child.yml']]) {
    const branch = new Branch();
    const journal = new Journal(
      toolsOn(branch, () => START, [], there),
      ORDER,
      '5m',
      new Ledger({}, {}),
    );
    const filed = [{ state: 'queue', record: CHILD } as const];
    const written = await journal.steps({ base: BASE, steps: RUN.steps }, 'filed', { given: {}, filed });
    const isTaken = there.some((path) => path.endsWith('/child.yml'));
    assert.is(written.ok, !isTaken, JSON.stringify(written));
    assert.is(branch.moves.length, isTaken ? 0 : 1);
    if (!written.ok) assert.is(written.failure.class, 'state-conflict');
  }
});

test('an `orders` step that ends while an earlier change waits to be written is not written without its orders', async () => {
  const branch = new Branch();
  const told: Progress[] = [];
  let now = START;
  const tools = toolsOn(branch, () => now, told);
  const ledger = new Ledger({}, {});
  const journal = new Journal(tools, ORDER, '5m', ledger);
  let asked = 0;
  const counting = {
    get order() {
      return journal.order;
    },
    steps: (...args: Parameters<Journal['steps']>) => {
      asked += 1;
      return journal.steps(...args);
    },
  } as unknown as RunJournal;
  const [plan, other] = [new Ending(), new Ending()];
  const context = {
    ...{ tools, journal: counting, ledger, base: BASE, project: {}, loaded: { agents: new Map() } },
    nodes: graphOf({ formula: 'f', version: 1, steps: STEPS }),
    signal: new AbortController().signal,
    remainingMs: () => 600_000,
    facts: new Map<string, StepFacts>(),
    secrets: { masked: (value: unknown) => value },
    begin: Promise.resolve(true),
    recorded: ({ key }: { readonly key: string }) => (key === 'plan' ? plan : other).promise,
  } as unknown as RunContext;
  const trees = { prepare: () => undefined } as unknown as Trees;

  const running = runGraph(context, {} as Desired, trees);
  await until('the starts are written', () => branch.moves.length === 1);
  let release = (): void => undefined;
  branch.held = new Promise((go) => (release = go));
  // Something else of the run is written just now, as when its lease is renewed.
  now = LATER;
  const renewed = journal.renew();
  other.end({ snapshot: BASE });
  await until('the end of the other step is to be written', () => asked === 2);
  plan.end({ snapshot: BASE, children: [{ record: CHILD, asks: {} }] });
  await until('plan ended', () => told.some((each) => each.event === 'step-ended' && each.step === 'plan'));
  release();
  assert.ok((await running).ok);
  assert.is.not(valueOf(await renewed), null);

  const contents = branch.moves.map((commits) => commits.flatMap(({ files }) => files));
  const says = (state: string): number =>
    contents.findIndex((files) =>
      files.some(({ content }) => typeof content === 'string' && content.includes(`plan:\n      state: ${state}`)),
    );
  const filed = contents.findIndex((files) => files.some(({ path }) => path === 'queue/child.yml'));
  assert.is(says('running'), 0, 'the record is read as it is written');
  assert.is(says('succeeded'), filed);
  assert.is(filed, contents.length - 1);
});

test.run();
