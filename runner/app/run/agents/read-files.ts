import type { RunContext } from '../context.js';
import type { Material } from './task.js';

/** Where projects say to agents, and to people, how to work on them; the first that there are. */
const GUIDANCE = [
  'AGENTS.md',
  'CLAUDE.md',
  '.github/copilot-instructions.md',
  'CONTRIBUTING.md',
  'docs/CONTRIBUTING.md',
];
const MOST_BYTES = 256 * 1024;

/**
 * The project's own guidance, from the commit that the run is based on: what a step or a branch wrote there since has no force. Links and what is too large
 * to be read by anybody are left out, and so is a file that says the same as one before.
 */
export async function readGuidance({ tools, base }: RunContext): Promise<readonly Material[]> {
  const { repository } = tools;
  const files = (await repository.files(base, GUIDANCE))
    .filter(({ path, mode }) => GUIDANCE.includes(path) && (mode === '100644' || mode === '100755'))
    .sort((one, other) => GUIDANCE.indexOf(one.path) - GUIDANCE.indexOf(other.path));
  const distinct = files.filter(({ blob }, index) => files.findIndex((other) => other.blob === blob) === index);
  const contents = await repository.blobs(
    distinct.map(({ blob }) => blob),
    MOST_BYTES,
  );
  return distinct.flatMap(({ path, blob }): Material[] => {
    const bytes = contents.get(blob);
    if (bytes == null) return [];
    const digest = `sha256:${tools.sha256(bytes)}`;
    return [{ name: path, text: Buffer.from(bytes).toString('utf8'), read: { kind: 'guidance', path, digest } }];
  });
}
