import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addressWarning,
  clientOptions,
  isLocal,
  type EngineAddress,
} from '../../../runner/adapters/sandbox/engine-address.js';

const told = (address: EngineAddress): Record<string, unknown> => {
  const options = clientOptions(address);
  if (!options.ok) return { why: options.failure.why };
  const { socketPath, host, port, protocol, ca } = options.value;
  return Object.fromEntries(
    Object.entries({ socketPath, host, port, protocol, ca: (ca as Buffer | undefined)?.toString() }).filter(
      ([, value]) => value !== undefined,
    ),
  );
};

test('an engine is found as docker’s own client finds it', () => {
  assert.equal(told({}), { socketPath: '/var/run/docker.sock' });
  assert.equal(told({ host: '' }), { socketPath: '/var/run/docker.sock' });
  assert.equal(told({ host: 'unix:///run/user/1000/podman/podman.sock' }), {
    socketPath: '/run/user/1000/podman/podman.sock',
  });
  assert.equal(told({ host: 'tcp://build.example.org' }), { host: 'build.example.org', port: 2375, protocol: 'http' });
  assert.equal(told({ host: 'tcp://[::1]:4000' }), { host: '::1', port: 4000, protocol: 'http' });
  assert.equal([{}, { host: 'unix:///x' }, { host: 'tcp://127.0.0.1:1' }].map(isLocal), [true, true, false]);
});

test('with TLS its certificates are read, or it is said which are missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-certificates-'));
  assert.match(String(told({ host: 'tcp://example.org', verify: true, certPath: folder })['why']), /ca\.pem/);
  for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, `${name}.pem`), name);
  assert.equal(told({ host: 'tcp://example.org', verify: true, certPath: folder }), {
    host: 'example.org',
    port: 2376,
    protocol: 'https',
    ca: 'ca',
  });
});

test('who could be read along with is warned', () => {
  assert.match(addressWarning({ host: 'tcp://192.0.2.1:2375' }) ?? '', /without TLS/);
  assert.match(addressWarning({ host: 'tcp://localhost.example.org:2375' }) ?? '', /without TLS/);
  for (const address of [
    {},
    { host: 'unix:///x' },
    { host: 'tcp://127.0.0.1:2375' },
    { host: 'tcp://localhost:2375' },
    { host: 'tcp://192.0.2.1:2376', verify: true },
  ])
    assert.is(addressWarning(address), null);
});

test.run();
