import type { Network } from '../../generated/types.js';

/** What `init` looks at: the top of the repository, as it lies there. */
export interface Survey {
  /** The names at the top; folders end with `/`. */
  readonly names: readonly string[];
  /** The text of files that say something about the project; what is too large or not UTF-8 is missing. */
  readonly files: ReadonlyMap<string, string>;
  /** The URL of the remote `origin`; null where there is none. */
  readonly remote: string | null;
}

export const LANGUAGES = ['node', 'python', 'go', 'rust', 'minimal'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A command that was guessed, and from what. */
export interface GuessedCommand {
  readonly name: 'setup' | 'test' | 'lint' | 'lint-fix' | 'build';
  readonly run: string;
  readonly network?: Network;
  readonly because: string;
}

export interface Toolchain {
  readonly commands: readonly GuessedCommand[];
  /** A container image with what the commands need, and what its version was taken from. */
  readonly image: { readonly name: string; readonly because: string };
  /** What a person should know, such as a file that could not be read. */
  readonly notes: readonly string[];
}

/** Files that detection reads; anything else at the top is known by its name alone. */
export const SURVEYED = [
  'package.json',
  '.nvmrc',
  '.node-version',
  'pyproject.toml',
  'requirements.txt',
  'requirements-dev.txt',
  'setup.cfg',
  'tox.ini',
  '.python-version',
  'go.mod',
  'Cargo.toml',
  'rust-toolchain',
  'rust-toolchain.toml',
  'Makefile',
] as const;

/** Packages have to outlive one sandbox, and only the work tree does; git must not see them there. */
export const CACHE = '.pushpals-cache';
export const ignoring = (folder: string): string => `mkdir -p ${folder} && printf '*' > ${folder}/.gitignore`;
