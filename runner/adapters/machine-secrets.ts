import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { SecretMissing, SecretSource, SecretStore } from '../app/ports/secrets.js';
import { fail, ok, type Result } from '../core/failure.js';
import { MOST_BYTES, unusable } from '../core/secrets/encodings.js';
import { askCommand } from './ask-command.js';
import { hasCode } from './workspace/files.js';

const COMMAND_MS = 30_000;
const PREFIX = 'PUSHPALS_SECRET_';

type Read = { readonly value: string } | { readonly why: string; readonly mend: string };

/**
 * Values from the runner's environment, from files outside of the repository and from commands. A value is read anew whenever a run asks for it, so that one
 * that was replaced is handed over from then on.
 */
export class MachineSecrets implements SecretStore {
  /** `inside`: folders of the repository, which hold no secrets. `uid`: who the runner is. */
  constructor(
    private readonly env: Readonly<Record<string, string>>,
    private readonly searchPath: string,
    private readonly inside: readonly string[],
    private readonly uid: number,
    private readonly commandMs = COMMAND_MS,
  ) {}

  missing(name: string, source: SecretSource): SecretMissing | null {
    if (source?.command !== undefined) return null;
    const read = checked(name, this.#here(name, source));
    return read.ok ? null : read.failure;
  }

  async read(name: string, source: SecretSource): Promise<Result<string, SecretMissing>> {
    return checked(name, source?.command === undefined ? this.#here(name, source) : await this.#ask(source.command));
  }

  #here(name: string, source: SecretSource): Read {
    if (source?.file !== undefined) return readSecretFile(source.file, this.inside, this.uid);
    const variable = source?.env ?? PREFIX + name;
    const value = this.env[variable];
    return value === undefined
      ? {
          why: `the runner's environment has no variable ${variable}`,
          mend: `Start the runner with ${variable} set, or say under \`secrets: { ${name}: … }\` in pushpals.yml where the value is.`,
        }
      : { value };
  }

  async #ask(command: readonly string[]): Promise<Read> {
    const [program = ''] = command;
    if (program.startsWith('/') && isInside(realOf(program), this.inside))
      return { why: `its command ${program} lies in the repository`, mend: 'Name a program outside of it.' };
    const mend = `Run it by hand as the user that the runner is, and see what it says: ${command.join(' ')}`;
    const own = Object.entries(this.env).filter(([variable]) => !variable.startsWith(PREFIX));
    const env = { ...Object.fromEntries(own), PATH: this.searchPath };
    const asked = await askCommand(command, { env, timeoutMs: this.commandMs, maxBytes: MOST_BYTES + 2 });
    return 'failed' in asked ? { why: `its command ${asked.failed}`, mend } : decoded(asked.printed, mend);
  }
}

function readSecretFile(path: string, inside: readonly string[], uid: number): Read {
  const mend = `Keep the value in a file outside of the repository that only the runner's user may read: chmod 600 ${path}`;
  let real: string;
  let fd: number;
  try {
    real = realpathSync(path);
    if (isInside(real, inside)) {
      const how = real === path ? '' : ' by a link';
      return { why: `${path} lies in the repository${how}`, mend };
    }
    fd = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENXIO', 'EISDIR')) throw error;
    return { why: `${path} ${hasCode(error, 'ENOENT', 'ENOTDIR') ? 'is not there' : 'cannot be read'}`, mend };
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return { why: `${path} is no file`, mend };
    if (stat.uid !== uid && stat.uid !== 0) return { why: `${path} belongs to another user`, mend };
    if ((stat.mode & 0o077) !== 0)
      return { why: `${path} may be read by others (mode ${(stat.mode & 0o777).toString(8)})`, mend };
    const bytes = Buffer.alloc(MOST_BYTES + 3);
    return decoded(bytes.subarray(0, readSync(fd, bytes)), mend);
  } finally {
    closeSync(fd);
  }
}

/** What a path leads to; the path itself where that is nothing. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) throw error;
    return path;
  }
}

const isInside = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(folder + sep));

/** As text, without the line break that an editor or a program puts at the end. */
function decoded(bytes: Uint8Array, mend: string): Read {
  try {
    return { value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\r?\n$/, '') };
  } catch (error) {
    if (!hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) throw error;
    return { why: 'its value is no text in UTF-8', mend };
  }
}

function checked(secret: string, read: Read): Result<string, SecretMissing> {
  if ('why' in read) return fail({ class: 'secret-missing', secret, ...read });
  const why = unusable(read.value);
  if (why === null) return ok(read.value);
  return fail({ class: 'secret-missing', secret, why, mend: `Give ${secret} another value.` });
}
