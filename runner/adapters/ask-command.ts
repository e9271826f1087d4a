import { spawn } from 'node:child_process';
import { hasCode } from './workspace/files.js';

/** How long what it left running may keep its output open. */
const DRAIN_MS = 1_000;

/** What a command printed, or how it failed: in words that hold nothing of what it printed. */
export type Asked = { readonly printed: Uint8Array } | { readonly failed: string };

/**
 * Runs a program of this machine without a shell, with nothing on its standard input, and ends it with all of its process group when its time is over,
 * when it prints too much, and when it is done.
 */
export function askCommand(
  [program = '', ...args]: readonly string[],
  { env, timeoutMs, maxBytes }: { env: Readonly<Record<string, string>>; timeoutMs: number; maxBytes: number },
): Promise<Asked> {
  return new Promise((resolve) => {
    // Nothing at the top can be taken for a program, or for its settings.
    const child = spawn(program, args, {
      cwd: '/',
      env: { ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    let [bytes, ended] = [0, ''];
    const end = (why: string): void => {
      ended ||= why;
      if (child.pid !== undefined) killGroup(child.pid);
      child.stdout.destroy();
    };
    const timer = setTimeout(() => {
      end(`took longer than ${String(timeoutMs / 1000)} s`);
    }, timeoutMs);
    let drained: NodeJS.Timeout | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) end(`prints more than ${String(maxBytes)} bytes`);
      else chunks.push(chunk);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (child.pid === undefined)
        resolve({ failed: error.code === 'EACCES' ? 'may not be run' : 'is no program that is found' });
    });
    child.once('exit', () => {
      // What it has printed is read to its end; what it left running prints nothing more of worth.
      drained = setTimeout(() => child.stdout.destroy(), DRAIN_MS);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      clearTimeout(drained);
      if (child.pid !== undefined) killGroup(child.pid);
      if (ended !== '') resolve({ failed: ended });
      else if (code === 0) resolve({ printed: Buffer.concat(chunks) });
      else resolve({ failed: `ended with ${code === null ? (signal ?? 'a signal') : `exit code ${String(code)}`}` });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody is left in it; of one that nobody has asked about yet, some systems say that we may not.
    if (!hasCode(error, 'ESRCH', 'EPERM')) throw error;
  }
}
