// deadline: 240s
// one Node: decisions alone
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ok } from '../../runner/core/failure.js';
import type { Tools } from '../../runner/app/tools.js';
import { APPROVERS, CAROL } from './project.js';
import { simulate } from './simulate.js';

/** The most seeds that a broken port may go unnoticed for. */
const PATIENCE = 60;

/** Breaks one port in every runner, and expects one of the first seeds to say what is wrong. */
function findsOut(what: string, says: RegExp, broken: (tools: Tools) => Partial<Tools>): void {
  test(`${what}, and it is found out`, async () => {
    const problems = new Set<string>();
    for (let seed = 1; seed <= PATIENCE; seed += 1) {
      const { problem } = await simulate(seed, undefined, (tools) => ({ ...tools, ...broken(tools) }));
      if (problem !== null && says.test(problem)) return;
      if (problem !== null) problems.add(problem);
    }
    assert.unreachable([...problems].join('\n'));
  });
}

/** The same port with some methods in other words. */
const but = <Port extends object>(port: Port, methods: Partial<Port>): Port =>
  new Proxy(port, {
    get: (target, key) => {
      const found: unknown = Reflect.get(methods, key) ?? Reflect.get(target, key, target);
      return typeof found === 'function' ? (found as (...args: unknown[]) => unknown).bind(target) : found;
    },
  });

findsOut('the ops branch moves without a compare-and-swap', /does not go back to it/, ({ ops }) => ({
  ops: but(ops, { advance: async (_, to) => ops.advance(await ops.tip(), to) }),
}));

findsOut('a living runner is taken for dead', /takes .* over from \d+, which is at work on it/, ({ processes }) => ({
  processes: { ...processes, alive: () => false },
}));

findsOut(
  'what is taken in stays in the inbox',
  /taken in more than once|without end|left in the inbox/,
  ({ inbox }) => ({
    inbox: but(inbox, { remove: () => Promise.resolve(true) }),
  }),
);

findsOut('what is taken in is gone before it is written down', /was lost/, ({ inbox }) => ({
  inbox: but(inbox, {
    list: async (tip) => {
      const listing = await inbox.list(tip);
      for (const { path, bytes } of listing.settled) await inbox.remove(path, bytes);
      return listing;
    },
  }),
}));

findsOut('everybody is taken for an approver', /was fired with 0 of \d approvals|audit/, ({ vault }) => ({
  vault: but(vault, {
    added: async (...of) => {
      const found = await vault.added(...of);
      const [{ key: _, ...ada }] = [APPROVERS[0] ?? { key: null, name: '', email: '' }];
      return found && { ...found, author: ada, committer: ada, signature: { is: 'good', by: 'ada' } };
    },
  }),
}));

findsOut('a result ships twice', /shipped twice/, ({ repository, clock }) => ({
  repository: but(repository, {
    moveRef: async (ref, from, to) => {
      const tree = ref.startsWith('refs/heads/pushpals/') && to !== null ? await repository.tree(to) : null;
      if (tree === null || to === null) return repository.moveRef(ref, from, to);
      const message = await repository.commitMessage(to);
      const other = await repository.commitTree(tree, [], message, CAROL, clock.now());
      if (!other.ok) return other;
      await repository.moveRef(ref, from, other.value);
      return repository.moveRef(ref, other.value, to);
    },
  }),
}));

findsOut('evidence is left out', /ended without run\.json/, ({ ops }) => ({
  ops: but(ops, {
    append: (parent, commits) => {
      const without = commits.map((commit) => ({
        ...commit,
        files: commit.files.filter(({ path }) => !path.startsWith('evidence/')),
      }));
      return ops.append(parent, without);
    },
  }),
}));

findsOut('a script does not wait until its start is written down', /runs, and the ops branch says/, ({ sandbox }) => ({
  sandbox: async (name) => {
    const driver = await sandbox(name);
    return but(driver, {
      open: async (spec) => {
        const opened = await driver.open(spec);
        if (!opened.ok) return opened;
        const { exec } = opened.value;
        return ok({ ...opened.value, exec: ({ begin: _, ...rest }) => exec(rest) });
      },
    });
  },
}));

test.run();
