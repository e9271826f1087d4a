import { ok, type Result } from '../core/failure.js';
import type { Repo } from './connection.js';
import { POLICY_FILE, PROJECT_FILE } from './desired.js';
import type { DriverName } from './ports/sandbox.js';

export interface Initialized {
  readonly branch: string;
  readonly parts: readonly { readonly what: string; readonly state: 'made' | 'there' | 'would make' }[];
}

/** Puts PushPals on a repository. What is there already is left as it is, so that it can be run again. */
export async function initialize(
  { setup, anchors, top }: Repo,
  driver: DriverName,
  dryRun: boolean,
): Promise<Result<Initialized>> {
  const branch = (await setup.currentBranch()) ?? anchors[0] ?? 'main';
  const files: [string, string | Uint8Array][] = [
    [
      PROJECT_FILE,
      projectText(
        top
          .split('/')
          .filter((part) => part !== '')
          .at(-1) ?? 'project',
        branch,
        driver,
      ),
    ],
    [POLICY_FILE, await setup.policy()],
  ];
  if (dryRun) {
    const parts = ['branch ops', 'work tree ops/', ...files.map(([path]) => path)].map((what) => ({
      what,
      state: 'would make' as const,
    }));
    return ok({ branch, parts });
  }
  const made = await setup.makeOps('ops', 'ops', await setup.template());
  if (!made.ok) return made;
  const parts: Initialized['parts'][number][] = [
    { what: 'branch ops', state: made.value.branch },
    { what: 'work tree ops/', state: made.value.worktree },
  ];
  for (const [path, content] of files)
    parts.push({ what: path, state: (await setup.write(path, content)) ? 'made' : 'there' });
  await setup.schemas();
  await setup.remember(branch);
  return ok({ branch, parts });
}

function projectText(name: string, branch: string, driver: DriverName): string {
  return `# yaml-language-server: $schema=.pushpals/schemas/project.schema.json
version: 1
project: ${JSON.stringify(name)}
branch: ${JSON.stringify(branch)}
ops: { branch: ops, worktree: ops, remote: none }
runner: { slots: 2 }
sandbox:
  driver: ${driver} # docker, bubblewrap or host; there is no fallback to a weaker one${driver === 'host' ? '\n  # host isolates nothing: steps run with your rights' : ''}
${driver === 'docker' ? '  image: node:22-bookworm # an image with what your commands need; it is never pulled by itself\n' : ''}  network: none
  memory: 2GB
# What formulas call by name, such as { setup: npm ci, test: npm test, lint-fix: npm run lint -- --fix }
commands: {}
formula: lint-fixer # for orders that name none
`;
}
