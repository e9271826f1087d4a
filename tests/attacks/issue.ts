import { withForge, type OnForge } from '../cli/forge-rig.js';

export const READY = 'agent:ready';
const POLICY =
  'version: 1\ndefault: low\napprovers:\n  - { id: ada, emails: [ada@example.org], logins: { github: ada } }\n';

export interface OnIssue extends OnForge {
  /** The name of the order that the issue became. */
  root(): Promise<string>;
  /** A minute goes by, and a tick. */
  next(): Promise<string>;
}

/** A project on a forge whose labelled issues are orders, and that one of them is about to be taken in. No model looks into them: a person is asked. */
export async function withIssue(
  issue: { readonly author: string; readonly title: string; readonly body: string },
  work: (project: OnIssue) => Promise<void>,
  policy = POLICY,
): Promise<void> {
  const config = { issues: { labels: { [READY]: {} } } };
  await withForge({ 'policy/policy.yml': policy }, config, async (project) => {
    project.world.openIssue(issue.author, issue.title, issue.body, [READY]);
    await work({
      ...project,
      root: async () =>
        (await project.opsFiles()).flatMap((path) => /(issue-1-[0-9a-f]{12})\.yml$/.exec(path)?.[1] ?? [])[0] ?? '',
      next: async () => {
        await project.later();
        const { stdout, stderr } = await project.tick();
        return stdout + stderr;
      },
    });
  });
}
