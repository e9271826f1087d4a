import { ok, type Failure, type Result } from '../core/failure.js';
import { detect, type Detected } from '../core/detect/detect.js';
import { firstOrder, policyText, projectText } from '../core/detect/project-text.js';
import type { Language } from '../core/detect/survey.js';
import type { Repo } from './connection.js';
import { POLICY_FILE, PROJECT_FILE } from './desired.js';
import type { DriverName } from './ports/sandbox.js';

/** What `init` would put on a repository, and what it goes by. */
export interface Proposal {
  readonly branch: string;
  readonly detected: Detected;
  readonly driver: DriverName;
  /** What a driver or image still lacks; null when steps can run at once. */
  readonly missing: Failure | null;
  readonly parts: readonly Part[];
  /** The example order on the ops branch; null where no built-in formula can run here yet. */
  readonly example: { readonly path: string; readonly about: string } | null;
}

interface Part {
  readonly what: string;
  readonly state: 'there' | 'missing';
  /** The text of a file that is missing. */
  readonly content?: string;
}

const POLICY_TESTS = 'policy/tests/default.yml';
export const EXAMPLE_ORDER = 'examples/first-order.md';
const OPS = { branch: 'ops', worktree: 'ops' };

/** Looks at the repository and says what PushPals would put there. Writes nothing. */
export async function propose(
  repo: Repo,
  asked: { driver: DriverName | null; template: Language | null },
): Promise<Proposal> {
  const { setup, anchors, top } = repo;
  const survey = await setup.survey();
  const detected = detect(survey, asked.template);
  const branch = (await setup.currentBranch()) ?? (await anchors())[0] ?? 'main';
  const { driver, missing } = await chooseDriver(repo, asked.driver, detected.image.name);
  const shipped = async (path: string): Promise<string> => Buffer.from(await setup.shipped(path)).toString('utf8');
  const name = top.split('/').findLast((part) => part !== '') ?? 'project';
  const files: readonly (readonly [path: string, content: string])[] = [
    [PROJECT_FILE, projectText({ name, branch, driver }, detected)],
    [POLICY_FILE, policyText(await shipped(POLICY_FILE), detected)],
    [POLICY_TESTS, await shipped(POLICY_TESTS)],
  ];
  const there = await setup.present(
    OPS.branch,
    OPS.worktree,
    files.map(([path]) => path),
  );
  const parts = [`branch ${OPS.branch}`, `work tree ${OPS.worktree}/`].map((what, index): Part => ({
    what,
    state: (index === 0 ? there.branch : there.worktree) ? 'there' : 'missing',
  }));
  for (const [path, content] of files)
    parts.push(there.files.has(path) ? { what: path, state: 'there' } : { what: path, state: 'missing', content });
  const first = firstOrder(detected);
  return {
    branch,
    detected,
    driver,
    missing,
    parts,
    example: first === null || there.branch ? null : { path: EXAMPLE_ORDER, about: first.about },
  };
}

/** Makes what the proposal says is missing. What is there already is left as it is, so that it can be run again. */
export async function initialize({ setup }: Repo, proposal: Proposal): Promise<Result<Proposal>> {
  const first = firstOrder(proposal.detected);
  const template = [
    ...(await setup.template()),
    ...(first === null ? [] : [{ path: EXAMPLE_ORDER, content: Buffer.from(first.text) }]),
  ];
  const made = await setup.makeOps(OPS.branch, OPS.worktree, template);
  if (!made.ok) return made;
  for (const { what, content } of proposal.parts) if (content !== undefined) await setup.write(what, content);
  await setup.schemas();
  await setup.remember(proposal.branch);
  return ok(proposal);
}

/** The strongest driver that answers; docker where none does, so that nothing weaker is chosen for want of an engine. */
async function chooseDriver(
  { driver }: Repo,
  asked: DriverName | null,
  image: string,
): Promise<{ driver: DriverName; missing: Failure | null }> {
  const lacks = async (name: DriverName): Promise<Failure | null> =>
    (await driver(name)).unavailable(name === 'docker' ? image : undefined);
  if (asked !== null) return { driver: asked, missing: await lacks(asked) };
  const docker = await lacks('docker');
  if (docker === null || docker.class === 'image-missing') return { driver: 'docker', missing: docker };
  return (await lacks('bubblewrap')) === null
    ? { driver: 'bubblewrap', missing: null }
    : { driver: 'docker', missing: docker };
}
