import { execa } from 'execa';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as assert from 'uvu/assert';
import { withRemote } from '../../cli/remote-rig.js';
import type { Attack } from '../attack.js';

/** A git whose first push waits until both machines are about to. That of `a` goes first, and ends its runner before it hears of it; that of `b` comes after. */
const gitThatKills = (git: string, folder: string): string => `#!/bin/sh
case " $* " in *" push "*) ;; *) exec '${git}' "$@" ;; esac
mkdir '${folder}/at-'"$PUSHPALS_RUNNER" 2> /dev/null || exec '${git}' "$@"
until_there() { n=0; while [ ! -d "$1" ]; do n=$((n + 1)); [ $n -lt 2000 ] || exit 1; sleep 0.01; done; }
if [ "$PUSHPALS_RUNNER" = a ]; then
  until_there '${folder}/at-b'
  '${git}' "$@" || exit $?
  mkdir '${folder}/pushed'
  kill -9 $PPID
  exit 0
fi
until_there '${folder}/pushed'
exec '${git}' "$@"
`;

export const attack: Attack = {
  title: 'has two machines claim an order at the same moment, and ends the one that wins before it hears of it',
  story:
    'Between the push of a claim and the moment at which its runner knows of it, the runner is killed; at the same moment another machine pushes its own claim. One of the two is on the branch, and the other machine does nothing. ' +
    'Who comes back finds its own claim and goes on with that run: the order is done once, by one run, with one branch. “Results that could not be pushed made the action run again each minute.”',
  by: 'anybody',
  attempt: async () => {
    const outside = mkdtempSync(join(tmpdir(), 'pushpals-attack-'));
    const marks = join(outside, 'ran');
    const bin = join(outside, 'bin');
    mkdirSync(bin);
    const { stdout: git } = await execa('sh', ['-c', 'command -v git']);
    writeFileSync(join(bin, 'git'), gitThatKills(git, outside));
    chmodSync(join(bin, 'git'), 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
    const formula = `formula: once\nversion: 1\nsteps:\n  - { id: a, run: "echo ran >> '${marks}'; echo two >> src/a.txt" }\n  - { id: ship, needs: [a], ship: {} }\n`;
    try {
      await withRemote({ 'formulas/once.yml': formula }, async ({ a, b, git: onRemote }) => {
        await a.run('pause');
        await a.drop('go.yml', 'goal: Go\nformula: once\n');
        await a.run('tick');
        await a.run('resume');
        assert.match(await onRemote('ls-tree', '-r', '--name-only', 'refs/heads/ops'), /^queue\/go\.yml$/m);
        await Promise.all(
          [a, b].map((machine, index) =>
            machine.pushpals(['tick'], { env: { ...env, PUSHPALS_RUNNER: index === 0 ? 'a' : 'b' } }),
          ),
        );
        for (const mark of ['at-a', 'at-b', 'pushed']) assert.ok(existsSync(join(outside, mark)), mark);
        assert.not.ok(existsSync(marks), 'a step ran before its claim was known to be the only one');
        const ended = await a.run('tick');
        assert.is(ended.exitCode, 0, ended.stderr);
        for (const machine of [a, b]) await machine.run('tick');
        assert.is(readFileSync(marks, 'utf8'), 'ran\n');
        const files = await onRemote('ls-tree', '-r', '--name-only', 'refs/heads/ops');
        assert.is(files.match(/\/run\.json$/gm)?.length, 1, files);
        assert.match(files, /\/go-1\/run\.json$/m);
        assert.is(await onRemote('rev-list', '--count', 'main..pushpals/go'), '1');
        for (const machine of [a, b]) assert.match((await machine.run('audit')).stdout, /^nothing found/);
      });
    } finally {
      rmSync(outside, { recursive: true });
    }
  },
};
