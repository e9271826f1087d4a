/** Ports for files: the formats that people write, and the files that come with the program. */
import type { Failure, Result } from '../../core/failure.js';
import type { Cron } from '../../core/triggers/schedule.js';
import type {
  Agent,
  Formula,
  Lesson,
  Order,
  OrderRecord,
  Policy,
  PolicyTests,
  Project,
  TriggerRecord,
  VaultRequest,
} from '../../generated/types.js';

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

/** A lesson as a file holds it. */
export interface LessonFile {
  readonly lesson: Lesson;
  readonly text: string;
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
  request(file: string, bytes: Uint8Array): Result<VaultRequest>;
  trigger(file: string, bytes: Uint8Array): Result<TriggerRecord>;
  /** A lesson: its front matter, and the Markdown below it. */
  lesson(file: string, bytes: Uint8Array): Result<LessonFile>;
  stringify(value: unknown): string;
  /** The text of a YAML file with an entry more in the mapping `key` at its top; what else is there stays as it is written. */
  withEntry(text: string, key: string, name: string, value: unknown): string;
  /** The readable error that is put beside a rejected file. */
  rejection(file: string, failure: Failure): string;
  /**
   * Compiles a JSON Schema that a formula holds; the check says what is wrong with a value, in words. A schema that is itself
   * wrong gives that as its one answer.
   */
  valueChecker(schema: Readonly<Record<string, unknown>>): Promise<(value: unknown) => readonly string[]>;
  /** Cron arithmetic; loaded when a project has a schedule. */
  cron(): Promise<Cron>;
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
