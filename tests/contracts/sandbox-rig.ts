import { readFileSync, readdirSync } from 'node:fs';
import type { ExecEnd, ExecSpec, Sandbox, SandboxDriver, SandboxSpec } from '../../runner/app/ports/sandbox.js';
import type { RunId } from '../../runner/core/ids.js';
import { privateWorkspace, type PrivateWorkspace } from '../private-git.js';

export interface SandboxTraits {
  /** Whether the step sees only its own folders, processes and network. */
  readonly isolates: boolean;
  /** Whether the kernel says here how often it refused a step a process. */
  readonly countsRefusals?: boolean;
  /** Whether the memory of the whole step is bounded here. */
  readonly boundsMemory: boolean;
  /** Another way of the same driver: what the runner itself watches is the same there. */
  readonly isVariant?: boolean;
  readonly image: string | undefined;
}

/** What a test has otherwise than others. */
export type SpecMore = Partial<Omit<SandboxSpec, 'limits'>> & { readonly limits?: Partial<SandboxSpec['limits']> };

export type Register = (name: string, run: () => Promise<void>) => void;

/** A sandbox that is open on a real work tree, and what a test asks of it. */
export interface Opened {
  readonly sandbox: Sandbox;
  readonly workspace: PrivateWorkspace;
  readonly spec: SandboxSpec;
  readonly run: (script: string, more?: Partial<ExecSpec>) => Promise<ExecEnd & { readonly output: string }>;
}

export const MB = 1024 * 1024;
const LIMITS: SandboxSpec['limits'] = {
  cpus: 1,
  memoryBytes: 256 * MB,
  pids: 64,
  diskBytes: 1024 * MB,
  files: 100_000,
  outputBytes: 1024 * MB,
};
let count = 0;

/** Opens a sandbox, hands it to the test, and takes everything away again. */
export async function withSandbox(
  driver: SandboxDriver,
  traits: SandboxTraits,
  test: (opened: Opened) => Promise<void>,
  more: SpecMore = {},
): Promise<void> {
  const workspace = privateWorkspace(driver.owner, traits.isolates);
  count += 1;
  const spec: SandboxSpec = {
    run: `order-${String(process.pid)}-${String(count)}` as RunId,
    key: '1-step',
    repositoryId: `cafe${String(process.pid)}${'0'.repeat(12)}`.slice(0, 16),
    workspace,
    inDir: workspace.inDir,
    outDir: workspace.outDir,
    image: traits.image,
    network: 'none',
    ...more,
    limits: { ...LIMITS, ...more.limits },
  };
  let sandbox: Sandbox | undefined;
  try {
    const opened = await driver.open(spec);
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    const made = opened.value;
    sandbox = made;
    const run: Opened['run'] = async (script, options = {}) => {
      const chunks: Uint8Array[] = [];
      const end = await made.exec({
        script,
        env: {},
        timeoutMs: 60_000,
        signal: new AbortController().signal,
        onOutput: (chunk) => {
          chunks.push(chunk.slice());
        },
        ...options,
      });
      const output = Buffer.concat(chunks).toString('utf8');
      if (!end.ok) throw new Error(`${JSON.stringify(end.failure)}\n${output}`);
      return { ...end.value, output };
    };
    await test({ sandbox: made, workspace, spec, run });
  } finally {
    await sandbox?.close();
    workspace.remove();
  }
}

/**
 * Processes of this machine that have the text among their arguments, which everybody can read, or in their environment, which
 * not even every root can.
 */
export function processesWith(text: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text) ||
        readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text)
      );
    } catch (error) {
      if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
        return false;
      throw error;
    }
  });
}

let marks = 0;
/** A number of seconds to sleep that nobody else sleeps, so that the process list shows whose it is. */
export const newMark = (): string => `${String(process.pid)}${String((marks += 1)).padStart(4, '0')}`;
