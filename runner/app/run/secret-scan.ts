import { fail, ok, type Failure, type Result, type SecretFinding } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { Finder, secretLine } from '../../core/secrets/finder.js';
import { joined, textsIn, without } from '../../core/secrets/texts.js';
import { visibleLine } from '../../core/visible.js';
import { isAllowed } from '../../core/secrets/allowed.js';
import type { TreeFile } from '../ports/repository.js';
import type { CollectedOutputs } from '../ports/run-files.js';
import type { ScannedText } from '../ports/secrets.js';
import type { ChangeSearch, Finding, SearchLimits } from '../ports/workspaces.js';
import { factsOf, type RunContext } from './context.js';
import type { Held } from './trees.js';

/** As a failure names what is one of the run's own secrets. */
const OWN = 'a secret of this run';
const TREE_LIMITS: SearchLimits = { maxBytes: 2 * 1024 * 1024 * 1024, maxFiles: 500_000 };
const BLOB_BYTES = 64 * 1024 * 1024;
/** So many files are held in memory at a time. */
const BATCH = 20;
const MOST_NAMED = 20;
/** A larger text is nobody's own writing, and takes long to look through. */
const TEXT_BYTES = 16 * 1024 * 1024;
const MOST_NOTES = 50;

const found = (where: string, findings: readonly SecretFinding[]): Result<never> =>
  fail({ class: 'secret-found', where, findings: findings.slice(0, MOST_NAMED) });

const finderOf = ({ secrets }: RunContext): ChangeSearch['finder'] => {
  const { matcher } = secrets;
  return () => {
    const finder = new Finder(matcher);
    return (bytes) => finder.write(bytes);
  };
};

const ownSecrets = ({ secrets }: RunContext, findings: readonly Finding[]): readonly SecretFinding[] =>
  findings.map(({ path, line }) => ({ file: secrets.maskedText(path), line, rule: OWN }));

/**
 * Looks for the run's own secrets in what a step changed before git has any of it: an object that nothing refers to can still be read by every step that sees the
 * project's objects. Nothing to look for where none was handed out.
 */
export function changeSearch(context: RunContext, node: Node): { readonly search?: ChangeSearch } {
  if (context.secrets.matcher.isEmpty) return {};
  const where = `what step ${node.key} changed`;
  const failure = (findings: readonly Finding[]): Failure => ({
    class: 'secret-found',
    where,
    findings: ownSecrets(context, findings).slice(0, MOST_NAMED),
  });
  return { search: { finder: finderOf(context), found: failure } };
}

/**
 * After a step that was handed secrets: whether its work tree holds one, in a file of any kind or a name. Steps to come work in that tree, with the files that
 * git ignores, and were not granted what this one was.
 */
export async function searchTree(context: RunContext, node: Node, held: Held): Promise<Result<null>> {
  const search = await context.tools.workspaces.search(held.workspace, finderOf(context), TREE_LIMITS);
  const where = `what step ${node.key} left in its work tree`;
  if (search.found.length > 0) return found(where, ownSecrets(context, search.found));
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

/**
 * Whether what a step changed holds a secret of the run, or what looks like a credential and was not there before; asked before anything else than this machine
 * knows of its snapshot. Binary files are looked through for the run's own secrets alone, which the step's notes say.
 */
export async function searchChange(
  context: RunContext,
  node: Node,
  input: CommitId,
  commit: CommitId,
): Promise<Result<null>> {
  const { secrets, tools } = context;
  const changes = await tools.repository.changes(input, commit);
  if (!changes.ok) return changes;
  const paths = changes.value.filter(({ kind }) => kind !== 'deleted').map(({ path }) => path);
  const wanted = new Set(paths);
  const filesOf = async (at: CommitId): Promise<readonly TreeFile[]> =>
    (await tools.repository.files(at, paths)).filter(({ path, mode }) => wanted.has(path) && mode !== '160000');
  const [after, before] = [await filesOf(commit), new Map((await filesOf(input)).map((file) => [file.path, file]))];
  const names = await lookThrough(
    context,
    paths.map((path) => ({ path, text: path, isName: true })),
  );
  if (names === null) return fail(tooLong(node));
  const findings: SecretFinding[] = [...names];
  for (let at = 0; at < after.length && findings.length < MOST_NAMED; at += BATCH) {
    const texts: Looked[] = [];
    const batch = after.slice(at, at + BATCH);
    const ids = batch.flatMap(({ path, blob }) => [
      blob,
      ...(before.get(path)?.blob === undefined ? [] : [before.get(path)?.blob ?? blob]),
    ]);
    const blobs = await tools.repository.blobs(ids, BLOB_BYTES);
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
      const line = secretLine(bytes, secrets.matcher);
      if (line !== null) findings.push({ file: secrets.maskedText(path), line, rule: OWN });
      else if (isAllowed(context.policy, path)) continue;
      else if (isBinary(bytes))
        note(context, node, `${visibleLine(path)} is binary: not looked through for credentials`);
      else if (bytes.length > TEXT_BYTES)
        return fail(
          tooMuch(
            node,
            path,
            `it is larger than ${String(TEXT_BYTES)} bytes, and is not looked through for credentials; \`secret-scan: { allow: [{ path }] }\` in the policy lets it pass`,
          ),
        );
      else {
        const was = before.get(path);
        const old = was === undefined ? null : blobs.get(was.blob);
        texts.push({ path, text: textOf(bytes), ...(old == null ? {} : { before: textOf(old) }) });
      }
    }
    const looked = await lookThrough(context, texts);
    if (looked === null) return fail(tooLong(node));
    findings.push(...looked);
  }
  return findings.length === 0 ? ok(null) : found(`what step ${node.key} changed`, findings);
}

/** Whether what a step left in its output folder holds a secret of the run, or what looks like a credential. */
export async function searchOutputs(
  context: RunContext,
  node: Node,
  { files, outputs }: CollectedOutputs,
): Promise<Result<null>> {
  const place = (name: string): string => `$PUSHPALS_OUT/${name}`;
  const findings = files.flatMap(({ name, bytes }): SecretFinding[] => {
    const line = secretLine(bytes, context.secrets.matcher);
    return line === null ? [] : [{ file: context.secrets.maskedText(place(name)), line, rule: OWN }];
  });
  const looked = await lookThrough(context, [
    ...files.map(({ name }) => ({ path: place(name), text: name, isName: true })),
    ...files
      .filter(({ bytes }) => !isBinary(bytes))
      .map(({ name, bytes }) => ({ path: place(name), text: textOf(bytes) })),
    // Escapes of JSON are undone by now: what a value is, another step or a person may get to see.
    ...textsIn(outputs).map((text) => ({ path: place('outputs.json'), text, isName: true })),
  ]);
  if (looked === null) return fail(tooLong(node));
  const all = [...findings, ...looked];
  return all.length === 0 ? ok(null) : found(`what step ${node.key} left as outputs`, all);
}

/** Whether a value that others are to read holds a secret of the run, or what looks like a credential. `where` says what it is. */
export async function searchValue(
  context: RunContext,
  node: Node,
  where: string,
  value: unknown,
): Promise<Result<null>> {
  const looked = await lookThrough(
    context,
    textsIn(value).map((text) => ({ path: where, text, isName: true })),
  );
  if (looked === null) return fail(tooLong(node));
  return looked.length === 0 ? ok(null) : found(where, looked.slice(0, 1));
}

/** Something to look through; of a name, or a value, no line is told. */
type Looked = ScannedText & { readonly isName?: boolean };

/** What is found in these, but for what the policy allows; null where nobody can tell. */
async function lookThrough(
  { tools, secrets, policy }: RunContext,
  looked: readonly Looked[],
): Promise<readonly SecretFinding[] | null> {
  const own = looked.flatMap(({ path, text, isName = false }): SecretFinding[] => {
    const line = secretLine(Buffer.from(text), secrets.matcher);
    return line === null ? [] : [{ file: secrets.maskedText(path), line: isName ? null : line, rule: OWN }];
  });
  const [names, texts] = [
    looked.filter(({ isName }) => isName === true),
    looked.filter(({ isName }) => isName !== true),
  ];
  const { text: all, placeOf } = joined(names.map(({ text }) => text));
  const suspicions = await tools.scanner.scan([...texts, ...(all === '' ? [] : [{ path: 'names', text: all }])]);
  if (suspicions === null) return null;
  const others = suspicions.flatMap(({ index, line, start, end, rule }): SecretFinding[] => {
    const text = texts[index];
    const place = placeOf(start);
    const { path = '', text: name = '' } = text ?? names[place.index] ?? {};
    if (isAllowed(policy, path, rule)) return [];
    // A name that is itself the finding is told without it.
    const within = { start: place.offset, end: place.offset + end - start };
    const file = text === undefined && path === name ? without(path, [within]) : path;
    return [{ file: secrets.maskedText(file), line: text === undefined ? null : line, rule }];
  });
  return [...own, ...others];
}

function note(context: RunContext, node: Node, text: string): void {
  const { notes } = factsOf(context, node.key);
  if (notes.length < MOST_NOTES) notes.push(text);
}

const tooLong = (node: Node): Failure =>
  tooMuch(node, '.', 'it took too long to look through it for credentials, so it is not let pass');

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** As git tells it. */
const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 8000).includes(0);
