/**
 * Imports `pushpals-test:1` into the local engine: busybox and this machine's git, made from installed packages, since tests may have
 * no registry to pull from. Does nothing if the image is there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const IMAGE = 'pushpals-test:1';

/** @param {string} command @param {readonly string[]} args */
const output = (command, args) => execFileSync(command, args, { encoding: 'utf8' }).trim();

/** @param {string} root @param {string} path */
function take(root, path) {
  const place = join(root, path);
  if (existsSync(place)) return;
  mkdirSync(dirname(place), { recursive: true });
  cpSync(realpathSync(path), place, { recursive: true, dereference: true });
}

/** The shared libraries of a program, the loader included. @param {string} program */
const libraries = (program) => [...output('ldd', [program]).matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path ?? '');

if (spawnSync('docker', ['image', 'inspect', IMAGE], { stdio: 'ignore' }).status === 0) {
  console.log(`${IMAGE} is there`);
} else {
  const root = mkdtempSync(join(tmpdir(), 'pushpals-image-'));
  // Docker takes no notice of it, Podman lets nobody but root into such an image.
  chmodSync(root, 0o755);
  try {
    for (const folder of [
      'bin',
      'tmp',
      'etc',
      'proc',
      'dev',
      'sys',
      'usr/bin',
      'workspace',
      'git',
      'objects',
      'pushpals',
    ])
      mkdirSync(join(root, folder), { recursive: true });
    cpSync(realpathSync('/bin/busybox'), join(root, 'bin', 'busybox'));
    for (const applet of output('/bin/busybox', ['--list']).split('\n'))
      if (applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));
    writeFileSync(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n');
    const git = output('sh', ['-c', 'command -v git']);
    for (const path of [git, ...libraries(git)]) take(root, path);
    execFileSync(
      'sh',
      [
        '-c',
        `tar -C "$1" -c . | docker import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' - ${IMAGE}`,
        'sh',
        root,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    console.log(`${IMAGE} is imported`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
