import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Registry {
  /** As in an image's name: the engine takes one on the loopback without TLS. */
  readonly host: string;
  /** The digest of the image `ours:1`, the only one that there is. */
  readonly digest: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** While set, blobs are handed out when it resolves. */
  hold: Promise<void> | null;
  /** Answered in place of everything: a registry that wants a login. */
  refuse: boolean;
  close(): Promise<void>;
}

/** A registry of the Docker Registry HTTP API v2 with one image, which holds one file (`docker pull` knows no smaller one). */
export async function openRegistry(content = String(process.hrtime.bigint())): Promise<Registry> {
  const layer = tar('made-for-a-test', content);
  const config = JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Cmd: ['/made-for-a-test'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: digestOf(config),
    },
    layers: [
      { mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: layer.length, digest: digestOf(layer) },
    ],
  });
  const blobs = new Map([layer, Buffer.from(config)].map((bytes) => [digestOf(bytes), bytes]));
  const asked: string[] = [];
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (registry.refuse) {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }));
      return;
    }
    const [, , name, kind, reference = ''] = path.split('/');
    if (path === '/v2/') response.writeHead(200).end('{}');
    else if (name === 'ours' && kind === 'manifests' && ['1', registry.digest].includes(reference))
      response
        .writeHead(200, {
          'content-type': MANIFEST,
          'docker-content-digest': registry.digest,
          'content-length': manifest.length,
        })
        .end(manifest);
    else if (kind === 'blobs' && blobs.has(reference)) {
      await registry.hold;
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(blobs.get(reference));
    } else {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
    }
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    void answer(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: Registry = {
    host: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    digest: digestOf(manifest),
    asked,
    hold: null,
    refuse: false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return registry;
}

/** Takes away what the engine got from it. */
export function removeImagesOf({ host }: Registry): void {
  const there = execFileSync('docker', ['images', '-q', `${host}/ours`], { encoding: 'utf8' }).trim();
  if (there !== '') execFileSync('docker', ['rmi', '-f', ...new Set(there.split('\n'))], { stdio: 'ignore' });
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

const digestOf = (bytes: Uint8Array | string): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A tar archive of one file (ustar). */
function tar(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  const put = (text: string, at: number): void => {
    header.write(text, at, 'latin1');
  };
  put(name, 0);
  put(octal(0o755, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(content.length, 12), 124);
  put(octal(0, 12), 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\0' + '00', 257);
  put(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}
