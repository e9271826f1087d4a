// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { makeProject, type Project } from './program.js';

const docker = needs('docker', test);
const NAME = `built-${String(process.pid)}`;
const FORMULA =
  'formula: fix\nversion: 1\nsteps:\n  - { id: change, run: "cat /made; ls /made-too || echo alone; echo two > src/a.txt" }\n';
const project = (build: string): string =>
  `version: 1\nproject: ${NAME}\nsandbox: { driver: docker, build: ${build} }\n`;

const engine = (...args: readonly string[]): string => execFileSync('docker', [...args], { encoding: 'utf8' }).trim();
const builtImages = (): readonly string[] =>
  engine('images', '--format', '{{.Repository}}:{{.Tag}}', `pushpals/${NAME}`)
    .split('\n')
    .filter((name) => name !== '');

async function withProject(
  build: string,
  files: Readonly<Record<string, string>>,
  use: (made: Project) => Promise<void>,
): Promise<void> {
  const made = await makeProject('docker');
  try {
    await made.commit({
      'pushpals.yml': project(build),
      'policy/policy.yml': 'version: 1\ndefault: low\n',
      'formulas/fix.yml': FORMULA,
      ...files,
    });
    await use(made);
  } finally {
    await made.remove();
    const left = builtImages();
    if (left.length > 0) engine('rmi', '-f', ...left);
  }
}

docker('an image is built from what is committed, once for each content, and a change to it is high', () =>
  withProject(
    '{ dockerfile: ci/Dockerfile, context: ci }',
    {
      'ci/Dockerfile':
        'FROM pushpals-test:1\nCOPY made* /\nRUN { wget -T 2 -q -O- http://1.1.1.1 || echo no network; } >> /made; ls -A / >&2\n',
      'ci/made': 'one\n',
      'ci/made-too': 'ignored\n',
      'ci/.dockerignore': 'made-too\n',
    },
    async (made) => {
      await made.write('ci/made', 'not committed\n');
      await made.write('ops/inbox/one.yml', 'goal: One\nformula: fix\n');
      const tick = await made.pushpals(['tick']);
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.match(tick.stderr, /building, from ci\/Dockerfile[^]*built after[^]*one: starts/);
      assert.match((await made.pushpals(['log', 'one'])).stdout, /one\n[^]*no network\n[^]*alone/);
      await made.commit({ 'src/other.txt': 'x\n' });
      await made.write('ops/inbox/two.yml', 'goal: Two\nformula: fix\n');
      assert.not.match((await made.pushpals(['tick'])).stderr, /building/);
      assert.is(builtImages().length, 1);
      const explained = await made.pushpals(['policy', 'explain', 'one', '--json']);
      assert.match(explained.stdout, /sandbox\.build/);
    },
  ),
);

docker('a build that fails says why and where, and the order waits without an attempt', () =>
  withProject('{}', { Dockerfile: 'FROM pushpals-test:1\nRUN echo before; exit 7\n' }, async (made) => {
    await made.write('ops/inbox/one.yml', 'goal: One\nformula: fix\n');
    const tick = await made.pushpals(['tick']);
    assert.is(tick.exitCode, 3, tick.stderr);
    assert.match(tick.stderr, /image-build-failed: the image of Dockerfile cannot be built: [^]*code: 7[^]*before/);
    assert.ok((await made.opsFiles()).includes('waiting/one.yml'));
    assert.match((await made.pushpals(['order', 'show', 'one'])).stdout, /attempts {2}0/);
    await made.commit({ Dockerfile: 'FROM pushpals-test:1\nRUN echo x > /made\n' });
    const mended = await made.pushpals(['tick']);
    assert.is(mended.exitCode, 0, mended.stderr);
  }),
);

const OWN = (text: string): Record<string, string> => ({
  'formulas/Dockerfile.own': `FROM pushpals-test:1\nRUN echo ${text} > /own\n`,
});

docker(
  'a step runs in an image of its own, built from beside its formula; another Dockerfile is another formula to who approved it',
  () =>
    withProject(
      '{}',
      {
        Dockerfile: 'FROM pushpals-test:1\nRUN echo all > /made\n',
        'formulas/fix.yml': `formula: fix
version: 1
steps:
  - { id: change, run: "cat /own; [ ! -e /made ] && echo two > src/a.txt", build: { dockerfile: formulas/Dockerfile.own } }
  - { id: verify, needs: [change], check: "cat /made; [ ! -e /own ]" }
`,
        ...OWN('first'),
      },
      async (made) => {
        const recordOf = async (order: string, text: string): Promise<{ formula: string; images: number }> => {
          await made.write(`ops/inbox/${order}.yml`, `goal: Do ${order}\nformula: fix\n`);
          const tick = await made.pushpals(['tick']);
          assert.is(tick.exitCode, 0, tick.stderr);
          assert.match(tick.stderr, /building, from formulas\/Dockerfile\.own[^]*built after/);
          assert.match((await made.pushpals(['log', order, '--step', 'change'])).stdout, new RegExp(text));
          const path = (await made.opsFiles()).find((each) => each.endsWith(`/${order}-1/run.json`)) ?? '';
          const run = JSON.parse((await made.show('ops', path)) ?? '') as {
            formula: { digest: string };
            steps: { imageDigest?: string }[];
          };
          const images = new Set(run.steps.map(({ imageDigest }) => imageDigest));
          return { formula: run.formula.digest, images: images.size };
        };
        const first = await recordOf('one', 'first');
        assert.is(first.images, 2);
        await made.commit(OWN('second'));
        const second = await recordOf('two', 'second');
        assert.is.not(second.formula, first.formula);
        await made.commit({ 'formulas/Dockerfile.own': 'FROM pushpals-test:1\nADD https://example.org/x /x\n' });
        const validated = await made.pushpals(['validate']);
        assert.match(`${validated.stdout}${validated.stderr}`, /formulas\/Dockerfile\.own:2/);
        await made.write('ops/inbox/three.yml', 'goal: Three\nformula: fix\n');
        assert.match((await made.pushpals(['tick'])).stderr, /three: waits[^]*formulas\/Dockerfile\.own/);
      },
    ),
);

test.run();
