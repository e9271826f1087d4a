// deadline: 180s
import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import stringWidth from 'string-width';
import { needs } from '../engine.js';
import { makeProject, type Project } from './program.js';

const PROGRAM = `"${process.execPath}" "${resolve('dist/pushpals.js')}"`;

/** A real terminal of a size, in which somebody types. */
async function terminal(
  project: Project,
  width: number,
  height: number,
): Promise<{ type(command: string): Promise<void>; shows(text: RegExp): Promise<string>; close(): Promise<void> }> {
  const socket = join(project.dir, '.git', 'tmux');
  const tmux = (...args: string[]): ReturnType<typeof execa> =>
    execa('tmux', ['-f', '/dev/null', '-S', socket, ...args]);
  await tmux(
    'new-session',
    '-d',
    '-x',
    String(width),
    '-y',
    String(height),
    '-c',
    project.dir,
    'env',
    'PS1=> ',
    'GIT_PAGER=',
    'PAGER=',
    'sh',
  );
  const capture = async (): Promise<string> => String((await tmux('capture-pane', '-p')).stdout);
  return {
    type: async (command) => {
      await tmux('send-keys', '-l', command);
      await tmux('send-keys', 'Enter');
    },
    shows: async (text) => {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const screen = await capture();
        if (text.test(screen)) return screen;
        assert.ok(Date.now() < deadline, `the terminal does not show ${String(text)} but\n${screen}`);
        await new Promise((settle) => setTimeout(settle, 50));
      }
    },
    close: async () => {
      await tmux('kill-server');
    },
  };
}

for (const [width, height] of [
  [80, 24],
  [40, 24],
] as const) {
  needs('tmux', test)(
    `status, a live tick and log -f in a terminal of ${String(width)} by ${String(height)}`,
    async () => {
      const project = await makeProject('host');
      const sign = `${project.dir.replaceAll(' ', '_')}.sign`;
      await project.commit({
        'formulas/f.yml': `formula: f\nversion: 1\nsteps:\n  - { id: build, run: "echo building; n=0; until [ -e ${sign} ] || [ $((n += 1)) -gt 4000 ]; do sleep 0.02; done; echo built" }\n`,
      });
      await project.pushpals([
        'order',
        'new',
        'Build what nobody has built before, with a goal that is longer than any line',
        '--formula',
        'f',
        '--name',
        'first',
      ]);
      const shell = await terminal(project, width, height);
      await shell.type(`${PROGRAM} status; echo "status: $?"`);
      const status = await shell.shows(/^status: 0$/m);
      const drawn = status.slice(status.indexOf('Queue'));
      assert.match(drawn, /^ {2}1 {2}first {2}f /m);
      assert.match(drawn, /…$/m);
      for (const line of drawn.split('\n')) assert.ok(stringWidth(line) <= width, line);

      await shell.type('clear');
      await shell.type(`${PROGRAM} tick; echo "tick: $?"`);
      await shell.shows(/first.*build/);
      await writeFile(sign, '');
      const ticked = await shell.shows(/^tick: 0$/m);
      assert.match(ticked.replaceAll('\n', ''), /first: completed/);

      await shell.type('clear');
      await shell.type(`${PROGRAM} log first -f; echo "log: $?"`);
      const logged = await shell.shows(/^log: 0$/m);
      assert.match(logged, /── build ──\nbuilding\nbuilt\norder first: done \(completed\)/);
      await shell.close();
      await project.remove();
    },
  );
}

needs('tmux', test)('init asks at a terminal, and takes no answer for no', async () => {
  const project = await makeProject('host');
  await project.shell('rm -r policy && git commit -qam gone');
  const shell = await terminal(project, 80, 40);
  await shell.type(`clear; ${PROGRAM} init; echo "init: $?"`);
  await shell.shows(/Write this\? \[y\/N\]/);
  await shell.type('');
  await shell.shows(/^init: 2$/m);
  await shell.type(`clear; ${PROGRAM} init; echo "again: $?"`);
  await shell.shows(/Write this\? \[y\/N\]/);
  await shell.type('y');
  const done = await shell.shows(/^again: 0$/m);
  assert.match(done, /made +policy\/policy\.yml/);
  await shell.close();
  await project.remove();
});

test.run();
