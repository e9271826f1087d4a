import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Docker from 'dockerode';
import { dockerImages } from '../../../runner/adapters/sandbox/docker-images.js';
import { needs } from '../../engine.js';
import { openRegistry, removeImagesOf, type Registry } from '../../registry.js';
import { until } from '../../until.js';

const docker = needs('docker', test);
const images = dockerImages(new Docker({ socketPath: '/var/run/docker.sock' }));
const never = new AbortController().signal;

async function withRegistry(use: (registry: Registry, image: string) => Promise<void>): Promise<void> {
  const registry = await openRegistry();
  const image = `${registry.host}/ours:1`;
  try {
    await use(registry, image);
  } finally {
    await registry.close();
    removeImagesOf(registry);
  }
}

const pull = (image: string, signal = never): ReturnType<typeof images.pull> =>
  images.pull(image, signal, () => undefined);

docker('an image comes from its registry, and has a name that can only mean it', () =>
  withRegistry(async (registry, image) => {
    assert.is(await images.pinnedName(image), null);
    assert.equal(await pull(image), { ok: true, value: null });
    const pinned = `${image}@${registry.digest}`;
    assert.is(await images.pinnedName(image), pinned);
    assert.equal(await pull(pinned), { ok: true, value: null });
    assert.ok(
      registry.asked.every((path) => !path.includes('tags/list')),
      'nothing but the one that is named',
    );
  }),
);

docker('an image that was made here is known by its id', async () => {
  assert.match((await images.pinnedName('pushpals-test:1')) ?? '', /^sha256:[0-9a-f]{64}$/);
});

docker('a name that the registry does not know, a registry that wants a login, and one that is gone', () =>
  withRegistry(async (registry, image) => {
    const unknown = await pull(`${registry.host}/ours:2`);
    assert.match(unknown.ok ? '' : unknown.failure, /^the registry has no such image \(/);
    registry.refuse = true;
    const closed = await pull(image);
    assert.match(closed.ok ? '' : closed.failure, /^the registry asks for a login/);
    await registry.close();
    const gone = await pull(image);
    assert.match(gone.ok ? '' : gone.failure, /^the registry cannot be reached \(/);
  }),
);

docker('a pull that takes long can be ended', () =>
  withRegistry(async (registry, image) => {
    let release: () => void = () => undefined;
    registry.hold = new Promise((resolve) => {
      release = resolve;
    });
    const stop = new AbortController();
    const pulling = pull(image, stop.signal);
    await until('the engine asks for a layer', () => registry.asked.some((path) => path.includes('/blobs/')));
    stop.abort();
    assert.equal(await pulling, { ok: false, failure: 'it was ended' });
    release();
  }),
);

test.run();
