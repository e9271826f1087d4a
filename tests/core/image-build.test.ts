import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stepBuildFaults, stepBuildOptions } from '../../runner/core/image-build.js';
import type { Formula, Step } from '../../runner/generated/types.js';

const faultsOf = (step: Partial<Step>, driver: 'docker' | 'bubblewrap' = 'docker'): readonly string[] => {
  const formula: Formula = { formula: 'f', version: 1, steps: [{ id: 'a', run: 'true', ...step }] };
  return stepBuildFaults(formula, { driver }).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

test('a step builds from beside its formula, and has no image as well', () => {
  assert.equal(faultsOf({}), []);
  assert.equal(faultsOf({ build: { dockerfile: 'formulas/Dockerfile.lint', context: 'ci' } }), []);
  for (const dockerfile of ['ci/Dockerfile', 'formulas', undefined])
    assert.equal(faultsOf({ build: dockerfile === undefined ? {} : { dockerfile } }), [
      `steps.0.build: the Dockerfile of a step lies in \`formulas/\`, and \`${dockerfile ?? 'Dockerfile'}\` does not`,
    ]);
  assert.equal(faultsOf({ image: 'node:22', build: { dockerfile: 'formulas/Dockerfile' } }), [
    'steps.0.build: a step has an `image` or builds one',
  ]);
  assert.equal(faultsOf({ build: { dockerfile: 'formulas/Dockerfile' } }, 'bubblewrap'), [
    'steps.0.build: the driver `bubblewrap` has no images',
  ]);
});

test('what is left out of a build: no context, and no network', () => {
  assert.is(stepBuildOptions({}), null);
  assert.equal(stepBuildOptions({ build: { dockerfile: 'formulas/D' } }), {
    dockerfile: 'formulas/D',
    context: undefined,
    network: 'none',
  });
});

test.run();
