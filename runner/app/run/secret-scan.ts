import { fail, ok, type Failure, type Result, type SecretFinding } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { Finder, secretLine } from '../../core/secrets/finder.js';
import type { Matcher } from '../../core/secrets/matcher.js';
import type { CollectedOutputs } from '../ports/run-files.js';
import type { SearchLimits } from '../ports/workspaces.js';
import type { RunContext } from './context.js';
import type { Held } from './trees.js';

/** As a failure names what is one of the run's own secrets. */
const OWN = 'a secret of this run';
const TREE_LIMITS: SearchLimits = { maxBytes: 2 * 1024 * 1024 * 1024, maxFiles: 500_000 };
const BLOB_BYTES = 64 * 1024 * 1024;
/** So many files are held in memory at a time. */
const BATCH = 20;
const MOST_NAMED = 20;

const holds = (text: string, matcher: Matcher): boolean => secretLine(Buffer.from(text), matcher) !== null;

const found = (where: string, findings: readonly SecretFinding[]): Result<never> =>
  fail({ class: 'secret-found', where, findings: findings.slice(0, MOST_NAMED) });

/**
 * After a step that was handed secrets: whether its work tree holds one, in a file of any kind or a name. Steps to come work in that tree, with the files that
 * git ignores, and were not granted what this one was.
 */
export async function searchTree(context: RunContext, node: Node, held: Held): Promise<Result<null>> {
  const { matcher } = context.secrets;
  const search = await context.tools.workspaces.search(
    held.workspace,
    () => {
      const finder = new Finder(matcher);
      return (bytes) => finder.write(bytes);
    },
    TREE_LIMITS,
  );
  const where = `what step ${node.key} left in its work tree`;
  if (search.found.length > 0)
    return found(
      where,
      search.found.map(({ path, line }) => ({ file: context.secrets.maskedText(path), line, rule: OWN })),
    );
  return search.whole
    ? ok(null)
    : fail(
        tooMuch(
          node,
          '.',
          'too much, or not readable: a tree that was given secrets is looked through before others get it',
        ),
      );
}

const tooMuch = (node: Node, path: string, why: string): Failure => ({
  class: 'scope-violation',
  step: node.key,
  entries: [{ path, why }],
});

/** Whether what a step changed holds a secret of the run, before anything else than this machine knows of its snapshot. */
export async function searchChange(
  context: RunContext,
  node: Node,
  input: CommitId,
  commit: CommitId,
): Promise<Result<null>> {
  const { secrets, tools } = context;
  const { matcher } = secrets;
  if (matcher.isEmpty || input === commit) return ok(null);
  const changes = await tools.repository.changes(input, commit);
  if (!changes.ok) return changes;
  const paths = changes.value.filter(({ kind }) => kind !== 'deleted').map(({ path }) => path);
  const findings: SecretFinding[] = paths
    .filter((path) => holds(path, matcher))
    .map((path) => ({ file: secrets.maskedText(path), line: null, rule: OWN }));
  const wanted = new Set(paths);
  const files = (await tools.repository.files(commit, paths)).filter(
    ({ path, mode }) => wanted.has(path) && mode !== '160000',
  );
  for (let at = 0; at < files.length && findings.length < MOST_NAMED; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const blobs = await tools.repository.blobs(
      batch.map(({ blob }) => blob),
      BLOB_BYTES,
    );
    for (const { path, blob } of batch) {
      const bytes = blobs.get(blob);
      if (bytes == null)
        return fail(
          tooMuch(
            node,
            path,
            `it is larger than ${String(BLOB_BYTES)} bytes, and cannot be looked through for secrets`,
          ),
        );
      const line = secretLine(bytes, matcher);
      if (line !== null) findings.push({ file: secrets.maskedText(path), line, rule: OWN });
    }
  }
  return findings.length === 0 ? ok(null) : found(`what step ${node.key} changed`, findings);
}

/** Whether what a step left in its output folder holds a secret of the run. */
export function searchOutputs(context: RunContext, node: Node, collected: CollectedOutputs): Result<null> {
  const { matcher } = context.secrets;
  if (matcher.isEmpty) return ok(null);
  const file = (name: string): string => `$PUSHPALS_OUT/${context.secrets.maskedText(name)}`;
  const findings: SecretFinding[] = [];
  for (const { name, bytes } of collected.files) {
    if (holds(name, matcher)) findings.push({ file: file(name), line: null, rule: OWN });
    const line = secretLine(bytes, matcher);
    if (line !== null) findings.push({ file: file(name), line, rule: OWN });
  }
  // Escapes of JSON are undone by now; what a value is, another step or a person may get to see.
  const line = collected.outputs === undefined ? null : textLine(collected.outputs, matcher);
  if (line !== null) findings.push({ file: file('outputs.json'), line: null, rule: OWN });
  return findings.length === 0 ? ok(null) : found(`what step ${node.key} left as outputs`, findings);
}

/** Whether a value holds a secret, in any of its texts and keys or in the whole of them. */
function textLine(value: unknown, matcher: Matcher): number | null {
  const texts: string[] = [JSON.stringify(value)];
  const walk = (each: unknown): void => {
    if (typeof each === 'string') texts.push(each);
    else if (Array.isArray(each)) each.forEach(walk);
    else if (each !== null && typeof each === 'object')
      for (const [key, part] of Object.entries(each)) {
        texts.push(key);
        walk(part);
      }
  };
  walk(value);
  for (const text of texts) {
    const line = secretLine(Buffer.from(text), matcher);
    if (line !== null) return line;
  }
  return null;
}

/** Whether a text that others are to read holds a secret of the run. `where` says what it is. */
export function searchText(context: RunContext, where: string, text: string): Result<null> {
  if (!holds(text, context.secrets.matcher)) return ok(null);
  return found(where, [{ file: where, line: secretLine(Buffer.from(text), context.secrets.matcher), rule: OWN }]);
}
