// deadline: 240s
// one Node: decisions alone
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import seeds from './seeds.json' with { type: 'json' };
import { simulate } from './simulate.js';

/** How many seeds the suite runs; `npm run simulate` runs any number. */
const SEEDS = 200;

test('equal seeds give equal traces, and others do not', async () => {
  const trace = async (seed: number): Promise<readonly string[]> => {
    const lines: string[] = [];
    await simulate(seed, (line) => {
      lines.push(line);
    });
    return lines;
  };
  const [one, again, other] = [await trace(3), await trace(3), await trace(4)];
  assert.ok(one.length > 1000, String(one.length));
  assert.equal(again, one);
  assert.is.not(other.join('\n'), one.join('\n'));
  assert.is((await simulate(3)).digest, (await simulate(3)).digest);
});

for (const { seed, found } of seeds) {
  test(`seed ${String(seed)}: ${found}`, async () => {
    assert.is((await simulate(seed)).problem, null);
  });
}

test(`${String(SEEDS)} seeds: nothing is lost, nothing is done twice, and everything ends`, async () => {
  const failed: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { problem } = await simulate(seed);
    if (problem !== null) failed.push(`npm run simulate -- --seed ${String(seed)} --trace: ${problem}`);
  }
  assert.is(failed.join('\n'), '');
});

test.run();
