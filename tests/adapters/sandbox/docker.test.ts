// deadline: 280s
// one Node: what holds is the engine
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Docker from 'dockerode';
import { createServer } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerDriver } from '../../../runner/adapters/sandbox/docker.js';
import { containerName } from '../../../runner/adapters/sandbox/docker-options.js';
import type { RunId } from '../../../runner/core/ids.js';
import { sandboxContract } from '../../contracts/sandbox.js';
import { withSandbox, type SandboxTraits } from '../../contracts/sandbox-rig.js';
import { needs } from '../../engine.js';

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const owner = self.uid === 0 ? { uid: 61347, gid: 61347 } : self;
const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const make = (): DockerDriver => new DockerDriver(owner, {}, SEARCH_PATH);
const traits: SandboxTraits = {
  isolates: true,
  boundsMemory: true,
  countsRefusals: true,
  image: 'pushpals-test:1',
};
const register = needs('docker', test);
const engine = new Docker({ socketPath: '/var/run/docker.sock' });

sandboxContract('docker', make, traits, register);
// Where the engine's control groups cannot be seen, the engine is asked.
sandboxContract(
  'docker by its API alone',
  () => new DockerDriver(owner, {}, SEARCH_PATH, () => null),
  { ...traits, countsRefusals: false, isVariant: true },
  register,
);

register('docker: the engine has every flag that was meant', () =>
  withSandbox(make(), traits, async ({ spec, run, workspace, sandbox }) => {
    await run('true');
    const { Name, Config, HostConfig, Mounts, Image, State } = await engine.getContainer(containerName(spec)).inspect();
    assert.is(Name, `/pushpals-${spec.repositoryId.slice(0, 8)}-${spec.run}-1-step`);
    assert.is(State.Running, true);
    assert.equal(Config.Labels, {
      'pushpals.repository': spec.repositoryId,
      'pushpals.run': spec.run,
      'pushpals.key': '1-step',
    });
    assert.is(HostConfig.NetworkMode, 'none');
    assert.equal(HostConfig.CapDrop, ['ALL']);
    assert.is(HostConfig.CapAdd, null);
    assert.equal(HostConfig.SecurityOpt, ['no-new-privileges']);
    assert.is(HostConfig.Privileged, false);
    assert.equal(Config.Healthcheck?.Test, ['NONE']);
    assert.is(HostConfig.ReadonlyRootfs, true);
    assert.is(HostConfig.PidsLimit, 64);
    assert.equal([HostConfig.Memory, HostConfig.MemorySwap], [256 * 1024 * 1024, 256 * 1024 * 1024]);
    assert.is(HostConfig.NanoCpus, 1e9);
    assert.equal(
      HostConfig.Ulimits?.map(({ Name, Hard, Soft }) => [Name, Hard, Soft]),
      [
        ['core', 0, 0],
        ['fsize', spec.limits.diskBytes, spec.limits.diskBytes],
      ],
    );
    assert.equal(
      [HostConfig.IpcMode, HostConfig.PidMode, HostConfig.UsernsMode, HostConfig.UTSMode],
      ['private', '', '', ''],
    );
    assert.equal(HostConfig.Devices ?? [], []);
    assert.is(HostConfig.LogConfig?.Type, 'none');
    assert.match(HostConfig.Tmpfs?.['/tmp'] ?? '', /nosuid,nodev.*size=134217728/);
    assert.not.match(Config.User, /^(0|root)/);
    assert.is.not(Config.User.split(':')[0], String(owner.uid));
    assert.is(Image, (await engine.getImage('pushpals-test:1').inspect()).Id);
    assert.is(sandbox.imageDigest, Image);
    const seen = Mounts.map(({ Source, Destination, RW }) => `${Source} ${Destination} ${RW ? 'rw' : 'ro'}`).sort();
    assert.equal(
      seen,
      [
        `${workspace.dir} /workspace rw`,
        `${workspace.dir}/.git /workspace/.git ro`,
        `${workspace.gitDir} /git rw`,
        `${String(workspace.objectDirs[0])} /objects/0 ro`,
        `${spec.inDir} /pushpals/in ro`,
        `${spec.outDir} /pushpals/out rw`,
      ].sort(),
    );
  }),
);

register('docker: `network: full` has a network, and nothing else that is different', () =>
  withSandbox(
    make(),
    traits,
    async ({ spec, run }) => {
      const { HostConfig } = await engine.getContainer(containerName(spec)).inspect();
      assert.equal([HostConfig.NetworkMode, HostConfig.CapDrop, HostConfig.ReadonlyRootfs], ['bridge', ['ALL'], true]);
      assert.match((await run('cat /proc/net/dev')).output, /eth0/);
    },
    { network: 'full' },
  ),
);

register('docker: one container serves every command, and a new start serves after one that was stopped', () =>
  withSandbox(make(), traits, async ({ spec, run, sandbox }) => {
    const state = async (): Promise<string> =>
      (await engine.getContainer(containerName(spec)).inspect()).State.StartedAt;
    const begun = await state();
    for (let i = 0; i < 3; i += 1) await run('echo x > /tmp/kept; sleep 100 & true');
    assert.is(await state(), begun);
    assert.is((await run('sleep 100', { timeoutMs: 300 })).timedOut, true);
    assert.is((await run('test -e /tmp/kept')).exitCode, 1);
    assert.is.not(await state(), begun);
    await engine.getContainer(containerName(spec)).kill();
    assert.is((await run('echo up')).output, 'up\n', 'also if somebody else ended it');
    await sandbox.close();
    assert.equal(await engine.listContainers({ all: true, filters: { label: [`pushpals.run=${spec.run}`] } }), []);
  }),
);

register('docker: a container that was renewed goes on, and one in which something stays is started anew', () =>
  withSandbox(make(), traits, async ({ spec, run, sandbox }) => {
    const state = async (): Promise<string> =>
      (await engine.getContainer(containerName(spec)).inspect()).State.StartedAt;
    const begun = await state();
    assert.is((await run('echo x > /tmp/left')).exitCode, 0, 'also where the image’s own /tmp is for root alone');
    sandbox.renew();
    assert.is((await run('ls -A /tmp')).output, '');
    assert.is(await state(), begun);
    assert.is((await run('mkdir -p /tmp/closed/in && chmod 0 /tmp/closed')).exitCode, 0);
    sandbox.renew();
    assert.is((await run('ls -A /tmp; echo up')).output, 'up\n');
    assert.is.not(await state(), begun);
  }),
);

register('docker: a step can neither end, trace nor become what lives on in its container', () =>
  withSandbox(make(), traits, async ({ run, spec }) => {
    const begun = (await engine.getContainer(containerName(spec)).inspect()).State.StartedAt;
    const end = await run(
      'kill -9 1; kill -TERM 1; kill -9 -1; for p in /proc/[0-9]*; do cat $p/environ > /dev/null || echo closed $p; done; ls -l /proc/1/fd',
    );
    assert.match(end.output, /closed \/proc\/1\n/);
    assert.is((await engine.getContainer(containerName(spec)).inspect()).State.StartedAt, begun);
  }),
);

register('docker: a left-over of the same name is taken away if it is ours, and only then', () =>
  withSandbox(make(), traits, async ({ spec }) => {
    const old = await engine.getContainer(containerName(spec)).inspect();
    const again = await make().open(spec);
    assert.ok(again.ok, again.ok ? '' : JSON.stringify(again.failure));
    const now = await engine.getContainer(containerName(spec)).inspect();
    assert.is.not(now.Id, old.Id);
    if (again.ok) await again.value.close();

    const name = containerName(spec);
    const foreign = await engine.createContainer({ name, Image: 'pushpals-test:1', Cmd: ['true'] });
    try {
      const refused = await make().open(spec);
      assert.is(refused.ok ? '' : refused.failure.class, 'sandbox-unavailable');
      assert.is((await foreign.inspect()).Id, foreign.id);
    } finally {
      await foreign.remove();
    }
  }),
);

register('docker: a run keeps the image that a tag was, until it is over', () => {
  const driver = make();
  return withSandbox(driver, traits, async ({ spec }) => {
    const repo = `pushpals-moved-${String(process.pid)}`;
    await engine.getImage('pushpals-test:1').tag({ repo, tag: '1' });
    const open = async (key: string): Promise<string> => {
      const opened = await driver.open({ ...spec, key, image: `${repo}:1` });
      if (opened.ok) await opened.value.close();
      return opened.ok ? 'opened' : opened.failure.class;
    };
    assert.is(await open('2-a'), 'opened');
    await engine.getImage(`${repo}:1`).remove();
    assert.is(await open('3-a'), 'opened');
    await driver.sweep('nobody', () => Promise.resolve(new Set([spec.run])));
    assert.is(await open('4-a'), 'opened');
    await driver.sweep('nobody', () => Promise.resolve(new Set()));
    assert.is(await open('5-a'), 'image-missing');
  });
});

register('docker: sweep removes what dead runs of this repository left, and nothing else', async () => {
  const id = `sweep${String(process.pid)}`;
  const made = await Promise.all(
    [
      [id, 'dead-1'],
      [id, 'alive-1'],
      [`${id}x`, 'dead-1'],
    ].map(([repository = '', run = '']) =>
      engine.createContainer({
        Image: 'pushpals-test:1',
        Cmd: ['sleep', '100'],
        Labels: { 'pushpals.repository': repository, 'pushpals.run': run },
      }),
    ),
  );
  try {
    await made[0]?.start();
    assert.equal([...((await make().remaining(id)) ?? [])].sort(), ['alive-1', 'dead-1']);
    assert.equal(await make().sweep(id, () => Promise.resolve(new Set(['alive-1' as RunId]))), ['container of dead-1']);
    assert.equal([...((await make().remaining(id)) ?? [])], ['alive-1']);
    const left = await engine.listContainers({ all: true });
    assert.equal(
      made.map((each) => left.some(({ Id }) => Id === each.id)),
      [false, true, true],
    );
    let asked = false;
    await make().sweep(`${id}-nobody`, () => {
      asked = true;
      return Promise.resolve(new Set());
    });
    assert.is(asked, false);
  } finally {
    await Promise.all(made.slice(1).map((each) => each.remove({ force: true })));
  }
});

register('docker: an image that is not there is named; so is none', async () => {
  assert.equal(await make().unavailable('pushpals-no-such-image:9'), {
    class: 'image-missing',
    image: 'pushpals-no-such-image:9',
  });
  const none = await make().unavailable(undefined);
  assert.match(none?.class === 'sandbox-unavailable' ? none.mend : '', /sandbox\.image/);
});

test('docker: an engine that is not there, not local, or not working is said to be so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-engine-'));
  const why = async (host: string): Promise<string> => {
    const failure = await new DockerDriver(owner, { host }, SEARCH_PATH).unavailable('x:1');
    return failure?.class === 'sandbox-unavailable' ? `${failure.why} / ${failure.mend}` : String(failure?.class);
  };
  assert.match(await why(`unix://${folder}/none.sock`), /no engine answers \/ Start it/);
  assert.match(await why('tcp://127.0.0.1:1'), /no engine answers/);
  assert.match(await why('ssh://somebody@example.org'), /not supported \/ Let ssh make a socket of it/);
  assert.match(await why('npipe:////./pipe/docker_engine'), /not supported/);

  const nobody = (): Promise<ReadonlySet<RunId>> => Promise.resolve(new Set<RunId>());
  const dumb = new DockerDriver(owner, { host: `unix://${folder}/none.sock` }, SEARCH_PATH);
  assert.is(await dumb.remaining('any'), null, 'nobody can tell what it still runs');
  for (const host of [`unix://${folder}/none.sock`, 'tcp://127.0.0.1:1', 'ssh://somebody@example.org'])
    assert.equal(await new DockerDriver(owner, { host }, SEARCH_PATH).sweep('any', nobody), []);

  let info: { status: number; body: object } = { status: 500, body: { message: 'on fire' } };
  const server = createServer((_request, response) => {
    response.writeHead(info.status, { 'content-type': 'application/json' }).end(JSON.stringify(info.body));
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 'engine.sock'), resolve));
  try {
    assert.match(await why(`unix://${folder}/engine.sock`), /on fire/);
    info = {
      status: 200,
      body: {
        Id: 'sha256:0',
        SecurityOptions: ['name=rootless'],
        OSType: 'linux',
        CgroupDriver: 'none',
        CgroupVersion: '1',
      },
    };
    assert.match(
      await why(`unix://${folder}/engine.sock`),
      /cannot bound memory and swap and pids here .*1, rootless.*delegate them/,
    );
    info = { status: 200, body: { Id: 'sha256:0', SecurityOptions: [], OSType: 'windows' } };
    assert.match(await why(`unix://${folder}/engine.sock`), /windows/);
    info = {
      status: 200,
      body: { Id: 'sha256:0', OSType: 'linux', CgroupVersion: '1', MemoryLimit: false, PidsLimit: true },
    };
    assert.match(await why(`unix://${folder}/engine.sock`), /cannot bound memory here \(control groups version 1\)/);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('docker: names are legal and tell runs apart', () => {
  const name = (run: string): string =>
    containerName({ repositoryId: '0123456789abcdef', run: run as RunId, key: '1-a.2' } as Parameters<
      typeof containerName
    >[0]);
  assert.is(name('fix-1'), 'pushpals-01234567-fix-1-1-a.2');
  assert.is.not(name('nightly@2026-11-20T09:30:00Z-1'), name('nightly@2026-11-20T09-30-00Z-1'));
  for (const run of ['nightly@2026-11-20T09:30:00Z-1', 'x'.repeat(400)])
    assert.match(name(run), /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,199}$/);
});

test.run();
