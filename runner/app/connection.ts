import { fail, ok, type Result } from '../core/failure.js';
import type { Project } from '../generated/types.js';
import { PROJECT_FILE, commitSource, type Reading } from './desired.js';
import type { Repository } from './ports/repository.js';
import type { Examination } from './ports/examination.js';
import type { Machine } from './ports/machine.js';
import type { Formats, Source } from './ports/formats.js';
import type { Services } from './ports/services.js';
import type { Setup, TakeDown } from './ports/setup.js';
import type { DriverName, SandboxDriver } from './ports/sandbox.js';
import type { WatchMarks, Watcher } from './ports/watcher.js';
import type { Tools } from './tools.js';

/** A git repository, before it is known whether PushPals has been put on it. */
export interface Repo {
  /** Absolute path of the work tree's top. */
  readonly top: string;
  readonly repository: Repository;
  readonly formats: Formats;
  /** Branches that may hold the project, the most trusted first; none of them is one that an agent could have chosen. */
  readonly anchors: () => Promise<readonly string[]>;
  /** The files as a person edits them. */
  readonly folder: Source;
  readonly reading: Reading;
  /** What lies in the inbox of the people's work tree now, settled or not. */
  readonly inboxFiles: () => Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]>;
  readonly setup: Setup;
  readonly takeDown: TakeDown;
  readonly examination: Examination;
  readonly machine: Machine;
  readonly watchMarks: WatchMarks;
  readonly services: Services;
  /** Tells this clone's sandboxes from those of others: a digest of its path and of an id that it keeps from when this is first asked for. */
  readonly repositoryId: () => string;
  /** What they were told by before: a digest of the path alone, which clones of several containers share. */
  readonly formerRepositoryId: string;
  /** A sandbox driver by name, whether or not a project asks for it. */
  readonly driver: (name: DriverName) => Promise<SandboxDriver>;
  /** A file that the person names on the command line, relative to where they are. */
  readonly readFile: (path: string, cwd: string) => Promise<Uint8Array>;
  readonly close: () => void;
}

/** A project with everything that works on it. */
export interface Connection extends Repo {
  readonly tools: Tools;
  /** The branch that desired state is read from. */
  readonly branch: string;
  readonly project: Project;
  readonly watcher: Watcher;
}

/** What has to be known before the ops branch can be opened. */
export interface FoundProject {
  readonly branch: string;
  readonly project: Project;
}

/**
 * Finds the branch that holds the project. The file is read from the anchors' committed tips; where it names another branch, that one
 * counts, if its own file agrees.
 */
export async function findProject(
  repository: Repository,
  formats: Formats,
  anchors: readonly string[],
): Promise<Result<FoundProject>> {
  for (const anchor of anchors) {
    const found = await projectOn(repository, formats, anchor);
    if (found === null) continue;
    if (!found.ok) return found;
    const named = found.value.branch ?? 'main';
    if (named === anchor) return ok({ branch: anchor, project: found.value });
    const other = await projectOn(repository, formats, named);
    if (other?.ok === true && (other.value.branch ?? 'main') === named)
      return ok({ branch: named, project: other.value });
    const problem = {
      file: PROJECT_FILE,
      line: 1,
      column: 1,
      excerpt: '',
      message: `on branch ${anchor} it says \`branch: ${named}\`, and that branch does not hold it`,
      hint: `Set \`branch: ${anchor}\`, or commit the file on ${named}.`,
    };
    return fail({ class: 'config-invalid', problems: [problem] });
  }
  return fail({
    class: 'state-conflict',
    what: `no ${PROJECT_FILE} is committed on ${anchors.length === 0 ? 'any branch' : anchors.join(' or ')}`,
    hint: `Run \`pushpals init\` if you have not, then commit ${PROJECT_FILE} and policy/.`,
  });
}

async function projectOn(repository: Repository, formats: Formats, branch: string): Promise<Result<Project> | null> {
  const tip = await repository.resolve(`refs/heads/${branch}`);
  if (tip === null) return null;
  const file = await commitSource(repository, tip).file(PROJECT_FILE);
  if (file === null) return null;
  const read = formats.project(file.path, await file.read());
  return read.ok ? ok(read.value.value) : read;
}

/** The project as it is committed on its branch: what the runner reads. */
export async function committedSource({ repository, formats, anchors }: Repo): Promise<Result<Source>> {
  const found = await findProject(repository, formats, await anchors());
  if (!found.ok) return found;
  const tip = await repository.resolve(`refs/heads/${found.value.branch}`);
  if (tip === null) throw new Error(`branch ${found.value.branch} has gone`);
  return ok(commitSource(repository, tip));
}
