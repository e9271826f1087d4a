import { execa } from 'execa';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files of each version of each package, by its name; what `package.json` says beside name and version, too. */
export type Packages = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

export interface LocalRegistry {
  /** With a slash at the end, as `.npmrc` wants it. */
  readonly url: string;
  /** From now on, these versions alone are published; a package that is not named has all of its own. */
  publish(versions: Readonly<Record<string, readonly string[]>>): void;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly integrity: string;
  readonly shasum: string;
}

/** An npm registry on the loopback, of packages that npm itself packed. */
export async function localRegistry(packages: Packages): Promise<LocalRegistry> {
  const home = await mkdtemp(join(tmpdir(), 'pushpals-registry-'));
  const folders: string[] = [];
  const manifests = new Map<string, Record<string, unknown>>();
  for (const [name, versions] of Object.entries(packages)) {
    for (const [version, files] of Object.entries(versions)) {
      const folder = join(home, 'src', String(folders.length));
      const { 'package.json': more = '{}', ...others } = files;
      const manifest = { name, version, ...(JSON.parse(more) as Record<string, unknown>) };
      manifests.set(`${name}@${version}`, manifest);
      for (const [path, content] of Object.entries({ ...others, 'package.json': JSON.stringify(manifest) })) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      folders.push(folder);
    }
  }
  const pack = [
    'pack',
    '--json',
    '--ignore-scripts',
    `--pack-destination=${home}`,
    `--cache=${home}/cache`,
    ...folders,
  ];
  const packed = JSON.parse((await execa('npm', pack, { cwd: home })).stdout) as readonly Packed[];
  let published: Readonly<Record<string, readonly string[]>> = {};
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    asked.push(path);
    response.setHeader('cache-control', 'no-store');
    const tarball = packed.find(({ filename }) => path === `tarballs/${filename}`);
    if (tarball !== undefined) {
      void readFile(join(home, tarball.filename)).then((bytes) => response.end(bytes));
      return;
    }
    const versions = packed
      .filter(({ name, version }) => name === path && (published[name]?.includes(version) ?? true))
      .map((entry) => [entry.version, withDist(entry, manifests.get(`${path}@${entry.version}`) ?? {}, url)] as const);
    const latest = versions.at(-1)?.[0];
    if (latest === undefined) {
      response.writeHead(404).end('{"error":"not found"}');
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: path, 'dist-tags': { latest }, versions: Object.fromEntries(versions) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    url,
    asked,
    publish: (versions) => {
      published = versions;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(home, { recursive: true });
    },
  };
}

const withDist = (
  { filename, integrity, shasum }: Packed,
  manifest: Record<string, unknown>,
  url: string,
): unknown => ({
  ...manifest,
  dist: { tarball: `${url}tarballs/${filename}`, integrity, shasum },
});
