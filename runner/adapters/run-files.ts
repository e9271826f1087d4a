import { appendFileSync, chownSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../core/failure.js';
import type { RunId, StepKey } from '../core/ids.js';
import type { CollectedOutputs, Owner, RunFiles, StepLog } from '../app/ports.js';
import { hasCode, lstatIfThere, readRegular } from './workspace/files.js';

const FILE_BYTES = 1024 * 1024;
const FILES = 20;
const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 192 * 1024;
const LIVE_BYTES = 8 * 1024 * 1024;
const TAIL_LINES = 20;

/** The folders of a run under `.pushpals/runs/<run>/`. */
export class LocalRunFiles implements RunFiles {
  constructor(
    private readonly stateDir: string,
    private readonly self: Owner,
  ) {}

  prepare(run: RunId, key: string, input: unknown, owner: Owner): Promise<{ inDir: string; outDir: string }> {
    const home = join(this.#home(run), 'io', key);
    const [inDir, outDir] = [join(home, 'in'), join(home, 'out')];
    mkdirSync(inDir, { recursive: true, mode: 0o755 });
    mkdirSync(outDir, { recursive: true, mode: 0o755 });
    writeFileSync(join(inDir, 'order.json'), `${JSON.stringify(input, null, 2)}\n`, { mode: 0o644 });
    this.#give(outDir, owner);
    return Promise.resolve({ inDir, outDir });
  }

  stepOut(outDir: string, step: StepKey, owner: Owner): Promise<string> {
    const place = join(outDir, step);
    // An earlier step of the same sandbox may have put something there.
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { mode: 0o755 });
    this.#give(place, owner);
    return Promise.resolve(step);
  }

  collect(outDir: string, step: StepKey): Promise<Result<CollectedOutputs>> {
    return Promise.resolve(collectFrom(join(outDir, step), step));
  }

  log(run: RunId, step: StepKey): StepLog {
    const folder = join(this.#home(run), 'logs');
    mkdirSync(folder, { recursive: true });
    return new BoundedLog(join(folder, `${step}.log`));
  }

  liveLogs(run: RunId): Promise<readonly { step: string; text: string }[]> {
    const folder = join(this.#home(run), 'logs');
    try {
      const found = readdirSync(folder)
        .map((name) => ({ step: name.replace(/\.log$/, ''), place: join(folder, name) }))
        .sort((a, b) => lstatSync(a.place).birthtimeMs - lstatSync(b.place).birthtimeMs)
        .map(({ step, place }) => ({ step, text: readRegular(place, 2 * LIVE_BYTES)?.toString('utf8') ?? '' }));
      return Promise.resolve(found);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return Promise.resolve([]);
      throw error;
    }
  }

  remove(run: RunId): Promise<void> {
    rmSync(this.#home(run), { recursive: true, force: true });
    return Promise.resolve();
  }

  #home(run: RunId): string {
    return join(this.stateDir, 'runs', run);
  }

  #give(path: string, owner: Owner): void {
    if (owner.uid !== this.self.uid || owner.gid !== this.self.gid) chownSync(path, owner.uid, owner.gid);
  }
}

/** Reads a step's output folder. Nothing in it is followed; what is no plain file fails the step. */
function collectFrom(folder: string, step: StepKey): Result<CollectedOutputs> {
  const violation = (path: string, why: string): Result<never> => fail({ class: 'scope-violation', step, entries: [{ path: `$PUSHPALS_OUT/${path}`, why }] });
  if (lstatIfThere(folder)?.isDirectory() !== true) return violation('', 'the output folder was replaced');
  const files: { name: string; bytes: Uint8Array }[] = [];
  const notes: string[] = [];
  let outputs: unknown;
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry;
    const shown = JSON.stringify(name).slice(1, -1);
    if (entry.isDirectory()) {
      if (name === 'outputs.json') return violation(name, 'it is a folder');
      notes.push(`the folder ${shown} in the outputs is not kept`);
      continue;
    }
    if (entry.isSymbolicLink()) return violation(shown, 'it is a symbolic link, which is never followed');
    const stat = lstatIfThere(join(folder, name));
    if (stat?.isFile() !== true) return violation(shown, 'it is not a plain file');
    if (stat.nlink > 1) return violation(shown, 'it is a hard link to another file');
    if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name)) {
      notes.push(`${shown} in the outputs is not kept: use letters, digits, dots, dashes and underscores`);
      continue;
    }
    if (stat.size > FILE_BYTES) {
      if (name === 'outputs.json') return fail({ class: 'output-invalid', step, why: `outputs.json is larger than ${String(FILE_BYTES)} bytes` });
      notes.push(`${name} in the outputs is not kept: it is larger than ${String(FILE_BYTES)} bytes`);
      continue;
    }
    const bytes = readRegular(join(folder, name), FILE_BYTES);
    if (bytes === null) return violation(shown, 'it changed while it was read');
    if (name === 'outputs.json') {
      try {
        outputs = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      } catch (error) {
        if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
        return fail({ class: 'output-invalid', step, why: `outputs.json is not JSON in UTF-8: ${error.message}` });
      }
    } else if (files.length < FILES) files.push({ name, bytes });
    else notes.push(`${name} in the outputs is not kept: at most ${String(FILES)} files are`);
  }
  return ok({ outputs, files, notes });
}

/** Keeps head and tail of an endless stream. */
class BoundedLog implements StepLog {
  #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #bytes = 0;

  constructor(private readonly live: string) {
    appendFileSync(live, '');
  }

  write(chunk: Uint8Array): void {
    if (this.#bytes < LIVE_BYTES) {
      appendFileSync(this.live, chunk);
      if (this.#bytes + chunk.length >= LIVE_BYTES) appendFileSync(this.live, '\n[the live log ends here; the last lines are in the evidence]\n');
    }
    this.#bytes += chunk.length;
    const room = HEAD_BYTES - this.#headBytes;
    if (room > 0) {
      this.#head.push(Buffer.from(chunk.subarray(0, room)));
      this.#headBytes += Math.min(room, chunk.length);
    }
    if (chunk.length <= room) return;
    const rest = Buffer.from(chunk.subarray(Math.max(0, room)));
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    while (this.#tailBytes - (this.#tail[0]?.length ?? 0) > TAIL_BYTES) this.#tailBytes -= this.#tail.shift()?.length ?? 0;
  }

  end(): Promise<{ text: string; tail: string; bytes: number }> {
    const tail = Buffer.concat(this.#tail);
    const kept = tail.subarray(Math.max(0, tail.length - TAIL_BYTES));
    const cut = this.#bytes - this.#headBytes - kept.length;
    const text = Buffer.concat(this.#head).toString('utf8') + (cut > 0 ? `\n[${String(cut)} bytes are cut out here]\n` : '') + kept.toString('utf8');
    const lines = text.trimEnd().split('\n').slice(-TAIL_LINES).map((line) => line.slice(0, 500));
    return Promise.resolve({ text, tail: lines.join('\n'), bytes: this.#bytes });
  }
}
