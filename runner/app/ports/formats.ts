/** Ports for files: the formats that people write, the files that come with the program, what `init` writes. */
import type { Survey } from '../../core/detect/survey.js';
import type { Failure, Result } from '../../core/failure.js';
import type { Agent, Formula, Order, OrderRecord, Policy, PolicyTests, Project } from '../../generated/types.js';

/** A checked value together with where its parts stand in the file. */
export interface Located<T> {
  readonly value: T;
  /** The place of a value, or of the nearest one around it. Lines and columns count from 1. */
  positionOf(path: readonly (string | number)[]): {
    readonly line: number;
    readonly column: number;
    readonly excerpt: string;
  };
}

/** Readers and writers of every file format; each answers any bytes with a value or with every problem of the file. */
export interface Formats {
  project(file: string, bytes: Uint8Array): Result<Located<Project>>;
  policy(file: string, bytes: Uint8Array): Result<Located<Policy>>;
  policyTests(file: string, bytes: Uint8Array): Result<Located<PolicyTests>>;
  formula(file: string, bytes: Uint8Array): Result<Located<Formula>>;
  agent(file: string, bytes: Uint8Array): Result<Located<Agent>>;
  order(file: string, bytes: Uint8Array): Result<Order>;
  /** An order that came as data, such as a step's output; problems in words. */
  orderValue(value: unknown): Result<Order, readonly string[]>;
  record(file: string, bytes: Uint8Array): Result<OrderRecord>;
  stringify(value: unknown): string;
  /** The readable error that is put beside a rejected file. */
  rejection(file: string, failure: Failure): string;
  /**
   * Compiles a JSON Schema that a formula holds; the check says what is wrong with a value, in words. A schema that is itself
   * wrong gives that as its one answer.
   */
  valueChecker(schema: Readonly<Record<string, unknown>>): Promise<(value: unknown) => readonly string[]>;
  checkCron(expression: string, timezone: string): string | null;
}

/** Formulas and agents that come with the program. */
export interface BuiltIns {
  files(
    folder: 'formulas' | 'agents',
  ): Promise<readonly { readonly name: string; readonly file: string; readonly bytes: Uint8Array }[]>;
}

/** One file of the desired state, wherever it is read from. */
export interface SourceFile {
  readonly path: string;
  read(): Promise<Uint8Array>;
}

/** Where desired state is read from: a commit, or a folder that a person is editing. */
export interface Source {
  /** The file at a path; null if there is none. */
  file(path: string): Promise<SourceFile | null>;
  /** The YAML files right inside a folder. */
  folder(path: 'formulas' | 'agents' | 'policy/tests'): Promise<readonly SourceFile[]>;
}

/** What `init` writes. */
export interface Setup {
  /** What lies at the top of the work tree, as far as it tells what the project is made of. */
  survey(): Promise<Survey>;
  /** Which parts of a set-up are there: the ops branch, its work tree, files below the top. */
  present(
    branch: string,
    worktree: string,
    files: readonly string[],
  ): Promise<{ readonly branch: boolean; readonly worktree: boolean; readonly files: ReadonlySet<string> }>;
  /** The files of the program's `ops-template/`, paths relative to it. */
  template(): Promise<readonly { readonly path: string; readonly content: Uint8Array }[]>;
  /** A file that comes with the program, such as `policy/policy.yml`. */
  shipped(path: string): Promise<Uint8Array>;
  /** Writes a new file below the repository's top; false if there is something already. */
  write(path: string, content: string | Uint8Array): Promise<boolean>;
  /** Makes the ops branch with these files, and its work tree; says what was made. */
  makeOps(
    branch: string,
    worktree: string,
    files: readonly { readonly path: string; readonly content: Uint8Array }[],
  ): Promise<Result<{ readonly branch: 'made' | 'there'; readonly worktree: 'made' | 'there' }>>;
  /** Puts the schemas where the first line of the written files points, for editors. */
  schemas(): Promise<void>;
  /** Remembers, on this machine, which branch the project lives on. */
  remember(branch: string): Promise<void>;
  /** The branch that is checked out in the work tree's top; null when detached. */
  currentBranch(): Promise<string | null>;
}
