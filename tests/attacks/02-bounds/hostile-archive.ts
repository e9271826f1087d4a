import * as assert from 'uvu/assert';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack, type Header } from 'tar-stream';
import { TreeUnpacker } from '../../../runner/adapters/workspace/tree-unpacker.js';
import type { Attack } from '../attack.js';

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const PWNED: readonly (Partial<Header> & Pick<Header, 'name'>)[] = [
  { name: 'workspace/../canary' },
  { name: '/canary' },
  { name: 'workspace/up/canary' },
  { name: 'workspace/hard', type: 'link', linkname: 'workspace/../canary' },
  { name: 'workspace/device', type: 'block-device', devmajor: 8, devminor: 0 },
  { name: 'workspace/.git/config' },
];

export const attack: Attack = {
  title: 'has an engine that is elsewhere send back an archive that leads out of the work tree',
  story:
    'What a step leaves on such an engine comes back as a tar archive: with `..`, absolute names, entries below links, hard links to the host, devices, a `.git` folder (as in “zip slip”). Nothing outside is written, and the step fails.',
  by: 'anybody',
  attempt: async () => {
    for (const header of PWNED) {
      const top = mkdtempSync(join(tmpdir(), 'pushpals-archive-'));
      try {
        writeFileSync(join(top, 'canary'), 'alive');
        mkdirSync(join(top, 'tree'));
        symlinkSync('..', join(top, 'tree/up'));
        const made = pack();
        made.entry({ name: 'workspace/', type: 'directory' });
        if (header.type === undefined) made.entry(header, 'pwned');
        else made.entry(header);
        made.finalize();
        const chunks: Buffer[] = [];
        for await (const chunk of made as AsyncIterable<unknown>) chunks.push(chunk as Buffer);
        const unpacker = new TreeUnpacker(join(top, 'tree'), 'workspace', owner, { bytes: 1e6, files: 100 }, '.git');
        const unpacked = await unpacker.unpack(Readable.from([Buffer.concat(chunks)]));
        assert.ok('refused' in unpacked, header.name);
        assert.is(readFileSync(join(top, 'canary'), 'utf8'), 'alive', header.name);
        assert.equal(
          [readdirSync(top).sort(), readdirSync(join(top, 'tree'))],
          [['canary', 'tree'], ['up']],
          header.name,
        );
      } finally {
        rmSync(top, { recursive: true });
      }
    }
  },
};
