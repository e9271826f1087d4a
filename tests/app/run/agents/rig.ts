import { execa } from 'execa';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats } from '../../../../runner/adapters/formats.js';
import type { AgentTask } from '../../../../runner/app/run/agents/task.js';
import { Ledger } from '../../../../runner/app/run/agents/ledger.js';
import { modelWorker } from '../../../../runner/app/run/agents/model-worker.js';
import { factsOf, type RunContext, type StepFacts } from '../../../../runner/app/run/context.js';
import { NO_CACHES } from '../../../../runner/app/run/caches.js';
import type { Trees } from '../../../../runner/app/run/trees.js';
import type { TranscriptEntry } from '../../../../runner/core/agents/transcript.js';
import { patternsOf } from '../../../../runner/core/secrets/encodings.js';
import { Masker, maskedText } from '../../../../runner/core/secrets/masker.js';
import { Matcher } from '../../../../runner/core/secrets/matcher.js';
import type { Agent, Formula, Order, Policy, Project, Step } from '../../../../runner/generated/types.js';
import { ok, type Result } from '../../../../runner/core/failure.js';
import type { Sandbox } from '../../../../runner/app/ports/sandbox.js';
import { fakeModels, type FakeModels, type FakeOptions } from '../../../models/fake.js';

/** What a test has otherwise than others. */
export interface Given extends FakeOptions {
  readonly agent?: Partial<Agent>;
  readonly step?: Partial<Step>;
  readonly formula?: Partial<Formula>;
  readonly order?: Partial<Order>;
  readonly models?: Project['models'];
  readonly task?: Partial<AgentTask>;
  readonly guidance?: string;
  /** In the work tree before. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the run has handed out. */
  readonly secret?: string;
  /** Milliseconds that the run may still take. */
  readonly remainingMs?: () => number;
}

/** What a worker came to. */
export interface Came {
  readonly result: Result<{ readonly outputs?: unknown }>;
  readonly asked: FakeModels['asked'];
  readonly facts: StepFacts;
  readonly transcript: readonly TranscriptEntry[];
  readonly ledger: Ledger;
  /** The file of the work tree, as it is left. */
  readonly file: (path: string) => string;
}

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * Has an agent with scripted models work on a real tree, its tools executed by the real shell. What holds a sandbox is not the point here, so there is none; nor
 * the journal, nor the repository that the step's base is in.
 */
export async function working(given: Given, test: (came: Came) => void | Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'pushpals agent '));
  try {
    await execa('git', ['init', '-q'], { cwd: dir });
    const files = { 'README.md': '# a project\n', 'src/a.txt': 'one\n', ...given.files };
    mkdirSync(join(dir, 'src'));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
    const models = fakeModels(given);
    const task = taskOf(given, models, sandboxOn(dir));
    const result = await modelWorker(task);
    const facts = factsOf(task.context, task.node.key);
    const lines = (facts.transcript ?? '').split('\n').filter((line) => line !== '');
    await test({
      result,
      asked: models.asked,
      facts,
      transcript: lines.map((line) => JSON.parse(line) as TranscriptEntry),
      ledger: task.context.ledger,
      file: (path) => readFileSync(join(dir, path), 'utf8'),
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The shell alone, as a sandbox has it: no input, one stream, ended with all that it started. */
function sandboxOn(dir: string): Sandbox {
  return {
    paths: { workspace: dir, in: dir, out: dir },
    imageDigest: null,
    exec: async ({ script, timeoutMs, onOutput }) => {
      const options = {
        cwd: dir,
        all: true,
        reject: false,
        stdin: 'ignore',
        encoding: 'buffer',
        stripFinalNewline: false,
        detached: true,
      } as const;
      const child = execa('/bin/sh', ['-c', script], options);
      const timer = setTimeout(() => {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      }, timeoutMs);
      const began = Date.now();
      const ended = await child;
      clearTimeout(timer);
      onOutput(ended.all);
      const timedOut = ended.signal === 'SIGKILL';
      const durationMs = Date.now() - began;
      return ok({ exitCode: ended.exitCode ?? null, timedOut, cancelled: false, exceeded: null, durationMs });
    },
    renew: () => undefined,
    close: () => Promise.resolve(),
  };
}

function taskOf(given: Given, models: FakeModels, opened: Sandbox): AgentTask {
  const step: Step = { id: 'fix', agent: 'Fix it.', ...given.step };
  const node = { key: 'fix', step, kind: 'agent', matrix: {}, needs: [] } as unknown as AgentTask['node'];
  const agent: Agent = {
    agent: 'bug-fixer',
    exec: { allow: ['sh *', 'cat *', 'echo*', 'test *'] },
    ...given.agent,
  };
  const formula: Formula = { formula: 'fix', version: 1, steps: [step], ...given.formula };
  const context = contextOf(given, models, formula);
  return {
    ...{ context, trees: treesOf(opened), node, agent, instructions: step.agent ?? '', returns: step.returns },
    ...{ held: {} as AgentTask['held'], input: '' as AgentTask['input'], attempt: 1, before: null, statuses: {} },
    ...{ material: [], readOnly: false },
    ...given.task,
  };
}

function treesOf(opened: Sandbox): Trees {
  const sandbox = { opened, shape: '', outDir: '', caches: NO_CACHES };
  const trees: unknown = { sandbox: () => Promise.resolve(ok(sandbox)) };
  return trees as Trees;
}

function contextOf(given: Given, models: FakeModels, formula: Formula): RunContext {
  const matcher = new Matcher(given.secret === undefined ? [] : patternsOf(given.secret));
  const order: Order = { goal: 'The basket crashes', ...given.order };
  const project: Project = {
    version: 1,
    project: 'test',
    sandbox: { driver: 'host' },
    models: given.models ?? { default: { provider: 'ollama', model: 'scripted' } },
  };
  const guidance = Buffer.from(given.guidance ?? '');
  const tools = {
    models,
    sha256,
    formats,
    clock: {
      now: () => new Date().toISOString(),
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((done) => {
          const timer = setTimeout(done, Math.min(ms, 2 ** 30));
          signal?.addEventListener('abort', () => {
            clearTimeout(timer);
            done();
          });
        }),
    },
    scanner: { scan: () => Promise.resolve([]) },
    repository: {
      files: () => Promise.resolve(guidance.length === 0 ? [] : [{ path: 'AGENTS.md', mode: '100644', blob: 'b' }]),
      blobs: () => Promise.resolve(new Map([['b', guidance]])),
    },
    runFiles: {
      stepOut: () => Promise.resolve('fix'),
      transcript: () => ({ before: '', write: () => undefined, end: () => undefined }),
      log: () => {
        let text = '';
        return {
          write: (chunk: Uint8Array) => {
            text += Buffer.from(chunk).toString('utf8');
          },
          end: () => Promise.resolve({ text, tail: '', bytes: text.length }),
        };
      },
    },
  };
  return {
    ...{
      tools,
      project,
      policy: { version: 1 } as unknown as Policy,
      inputs: order.inputs ?? {},
      run: 'go-1',
      base: 'base',
    },
    loaded: { formula },
    journal: { order: { record: { id: 'go', order, run: { id: 'go-1' } } } },
    driver: { owner },
    signal: new AbortController().signal,
    remainingMs: given.remainingMs ?? (() => 600_000),
    facts: new Map(),
    secrets: {
      matcher,
      masker: () => new Masker(matcher),
      masked: (value: unknown) => value,
      maskedText: (text: string) => maskedText(text, matcher),
      handedTo: () => Promise.resolve(ok([])),
    },
    ledger: new Ledger(formula.budget, {}),
    begin: Promise.resolve(true),
  } as unknown as RunContext;
}
