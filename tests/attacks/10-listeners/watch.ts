import { execaNode } from 'execa';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import * as assert from 'uvu/assert';
import { until } from '../../until.js';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

/** Inodes of the sockets of this machine that listen for connections of the network. */
const listening = (): ReadonlySet<string> =>
  new Set(
    ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
      readFileSync(`/proc/net/${kind}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter(([, , , state]) => kind.startsWith('udp') || state === '0A')
        .map((fields) => fields[9] ?? ''),
    ),
  );

export const attack: Attack = {
  title: 'looks for a port of the runner while it watches',
  story:
    'A dashboard on a local port is open to every web page by DNS rebinding and to every user of the machine. PushPals has no dashboard and no server yet: while `watch` works, its process listens on no port at all.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const watch = execaNode(resolve('dist/pushpals.js'), ['watch'], { cwd: target.dir, reject: false, all: true });
      try {
        let said = '';
        watch.all.on('data', (chunk: Buffer) => (said += chunk.toString()));
        await until('it watches', () => said.includes('watch'));
        const listens = listening();
        const own = readdirSync(`/proc/${String(watch.pid)}/fd`).map((fd) => {
          try {
            return readlinkSync(`/proc/${String(watch.pid)}/fd/${fd}`);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
            throw error;
          }
        });
        assert.ok(own.length > 3);
        assert.equal(
          own.filter((link) => listens.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? '-')),
          [],
        );
      } finally {
        watch.kill('SIGTERM');
        await watch;
      }
    }),
};
