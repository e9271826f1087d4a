import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack, type Header } from 'tar-stream';
import { TreeArchive, entriesBelow } from '../../../runner/adapters/workspace/tree-archive.js';
import { TreeUnpacker, type Unpacked } from '../../../runner/adapters/workspace/tree-unpacker.js';

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const BOUNDS = { bytes: 1_000_000, files: 100 };

type Entry = readonly [header: Partial<Header> & Pick<Header, 'name'>, content?: string];

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function archive(entries: readonly Entry[]): Promise<Readable> {
  const made = pack();
  for (const [header, content = ''] of entries) {
    if (header.type === undefined || header.type === 'file') made.entry(header, content);
    else made.entry(header);
  }
  made.finalize();
  return Readable.from([await bytesOf(made)]);
}

/** Unpacks into `top/tree`, beside which lies a file that nobody may reach. */
async function unpack(entries: readonly Entry[], use: (top: string, unpacked: Unpacked) => void): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), 'pushpals-unpack-'));
  try {
    mkdirSync(join(top, 'tree/old/deep'), { recursive: true });
    writeFileSync(join(top, 'tree/.git'), 'gitdir: /git\n');
    writeFileSync(join(top, 'tree/same'), 'same');
    writeFileSync(join(top, 'tree/old/deep/file'), 'old');
    symlinkSync('..', join(top, 'tree/up'));
    writeFileSync(join(top, 'canary'), 'canary');
    const unpacked = await new TreeUnpacker(join(top, 'tree'), 'root', owner, BOUNDS, '.git').unpack(
      await archive(entries),
    );
    assert.is(readFileSync(join(top, 'canary'), 'utf8'), 'canary');
    assert.equal(readdirSync(top).sort(), ['canary', 'tree']);
    assert.is(readFileSync(join(top, 'tree/.git'), 'utf8'), 'gitdir: /git\n');
    use(top, unpacked);
  } finally {
    rmSync(top, { recursive: true });
  }
}

test('a folder becomes what the archive holds, and what is the same is not written again', async () => {
  await unpack(
    [
      [{ name: 'root/', type: 'directory', mode: 0o1777 }],
      [{ name: 'root/.git' }, 'gitdir: /elsewhere\n'],
      [{ name: 'root/same' }, 'same'],
      [{ name: 'root/run', mode: 0o6755 }, '#!/bin/sh\n'],
      [{ name: 'root/dir/', type: 'directory' }],
      [{ name: 'root/dir/closed', mode: 0 }, 'x'],
      [{ name: 'root/dir/link', type: 'symlink', linkname: '/etc/passwd' }],
      [{ name: 'root/dir/hard', type: 'link', linkname: 'root/same' }],
    ],
    (top, unpacked) => {
      assert.equal(unpacked, { held: true });
      const tree = join(top, 'tree');
      assert.equal([...entriesBelow(tree)].map(({ path }) => path).sort(), [
        '.git',
        'dir',
        'dir/closed',
        'dir/hard',
        'dir/link',
        'run',
        'same',
      ]);
      assert.is(lstatSync(join(tree, 'run')).mode & 0o7777, 0o755, 'no setuid');
      assert.is(readlinkSync(join(tree, 'dir/link')), '/etc/passwd');
      assert.is(lstatSync(join(tree, 'dir/hard')).ino, lstatSync(join(tree, 'same')).ino);
    },
  );
});

test('nothing leads out of the folder: not a name, not a link, not a hard link', async () => {
  const cases: readonly (readonly [readonly Entry[], RegExp])[] = [
    [[[{ name: 'root/../canary' }, 'pwned']], /no name of an entry below/],
    [[[{ name: '../canary' }, 'pwned']], /no name of an entry below/],
    [[[{ name: '/canary' }, 'pwned']], /no name of an entry below/],
    [[[{ name: 'root/./x' }, 'pwned']], /no name of an entry below/],
    [[[{ name: 'root//x' }, 'pwned']], /no name of an entry below/],
    [[[{ name: 'other/x' }, 'pwned']], /no name of an entry below/],
    [[[{ name: 'root/a\ufffdb' }, 'pwned']], /no name of an entry below/],
    // A link that was there before, or that the archive makes, is no folder to write into.
    [[[{ name: 'root/up/canary' }, 'pwned']], /its folder is not one of the archive/],
    [
      [[{ name: 'root/out', type: 'symlink', linkname: '..' }], [{ name: 'root/out/canary' }, 'pwned']],
      /its folder is not one of the archive/,
    ],
    [[[{ name: 'root/out', type: 'symlink', linkname: '../canary' }], [{ name: 'root/out' }, 'pwned']], /twice/],
    [[[{ name: 'root/hard', type: 'link', linkname: 'root/../canary' }]], /hard link to something else/],
    [[[{ name: 'root/hard', type: 'link', linkname: '/etc/passwd' }]], /hard link to something else/],
    [[[{ name: 'root/hard', type: 'link', linkname: 'root/up' }]], /hard link to something else/],
    [[[{ name: 'root/.git/config' }, 'x']], /its folder is not one of the archive/],
  ];
  for (const [entries, why] of cases)
    await unpack([[{ name: 'root/', type: 'directory' }], ...entries], (_, unpacked) => {
      assert.match('refused' in unpacked ? unpacked.refused.why : JSON.stringify(unpacked), why);
    });
});

test('what cannot be written here is refused, and no fault of the machine', async () => {
  const folder = `${'d'.repeat(200)}/`;
  const deep = Array.from({ length: 25 }, (_, depth): Entry => [
    { name: `root/${folder.repeat(depth + 1)}`, type: 'directory' },
  ]);
  const cases: readonly (readonly [readonly Entry[], RegExp])[] = [
    [deep, /its path is too long/],
    [[[{ name: `root/${'x'.repeat(300)}` }, '']], /its name, or what it links to, is too long/],
    [[[{ name: 'root/x', type: 'symlink', linkname: 'x'.repeat(5000) }]], /its name, or what it links to, is too long/],
    [[[{ name: 'root/x', type: 'symlink', linkname: '' }]], /a link to nothing/],
  ];
  for (const [entries, why] of cases)
    await unpack([[{ name: 'root/', type: 'directory' }], ...entries], (_, unpacked) => {
      assert.match('refused' in unpacked ? unpacked.refused.why : JSON.stringify(unpacked), why);
    });
});

test('devices and FIFOs are refused, and never made', async () => {
  for (const type of ['block-device', 'character-device', 'fifo'] as const)
    await unpack([[{ name: 'root/x', type, devmajor: 1, devminor: 3 }]], (top, unpacked) => {
      assert.match(JSON.stringify(unpacked), /neither a file nor a link/);
      assert.not.ok(existsSync(join(top, 'tree/x')));
    });
});

test('what is too much is not read to its end', async () => {
  await unpack([[{ name: 'root/big' }, 'x'.repeat(BOUNDS.bytes + 1)]], (top, unpacked) => {
    assert.equal(unpacked, { exceeded: { limit: 'disk', used: BOUNDS.bytes + 1 } });
    assert.not.ok(existsSync(join(top, 'tree/big')));
  });
  const many = Array.from({ length: 200 }, (_, index): Entry => [{ name: `root/${String(index)}` }, '']);
  await unpack(many, (_, unpacked) => {
    assert.is('exceeded' in unpacked ? unpacked.exceeded.limit : '', 'files');
  });
});

test('a link in the way of a folder goes, and what it points at stays', async () => {
  await unpack([[{ name: 'root/up/', type: 'directory' }], [{ name: 'root/up/canary' }, 'inside']], (top, unpacked) => {
    assert.equal(unpacked, { held: true });
    assert.is(readFileSync(join(top, 'tree/up/canary'), 'utf8'), 'inside');
  });
});

test('what was archived comes out the same', async () => {
  const from = mkdtempSync(join(tmpdir(), 'pushpals-archive-'));
  const to = mkdtempSync(join(tmpdir(), 'pushpals-archive-'));
  mkdirSync(join(from, `${'long-'.repeat(30)}/ünïcode`), { recursive: true });
  writeFileSync(join(from, `${'long-'.repeat(30)}/ünïcode/file`), 'x'.repeat(100_000), { mode: 0o755 });
  symlinkSync('nowhere', join(from, 'link'));
  const made = new TreeArchive(owner);
  const bytes = bytesOf(made.stream);
  for (const entry of entriesBelow(from)) await made.add(from, entry, `root/${entry.path}`);
  made.end();
  const unpacked = await new TreeUnpacker(to, 'root', owner, BOUNDS).unpack(Readable.from([await bytes]));
  assert.equal(unpacked, { held: true });
  const looks = (top: string): readonly string[] =>
    [...entriesBelow(top)]
      .map(({ path, stat }) => `${path} ${String(stat.mode)} ${String(stat.isFile() ? stat.size : 0)}`)
      .sort();
  assert.equal(looks(to), looks(from));
  for (const top of [from, to]) rmSync(top, { recursive: true });
});

test.run();
