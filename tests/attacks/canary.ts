import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Outcome, Target } from './target.js';

/** A value that nobody would print by accident. */
export const CANARY = 'kanarie/+vogel"0815';

/** The forms in which it must not be seen. */
const FORMS: readonly string[] = [
  CANARY,
  Buffer.from(CANARY).toString('base64').replace(/=+$/, ''),
  Buffer.from(`x${CANARY}`).toString('base64').slice(2, -4),
  Buffer.from(CANARY).toString('hex'),
  Buffer.from(CANARY).toString('hex').toUpperCase(),
  encodeURIComponent(CANARY),
  JSON.stringify(CANARY).slice(1, -1),
];

export function assertUnseen(text: string): void {
  for (const form of FORMS) {
    const at = text.indexOf(form);
    assert.ok(at < 0, `${form} in …${text.slice(Math.max(0, at - 200), at + 80)}`);
  }
}

/** The secret `CANARY`, which this machine has in a file and the policy grants to the formula `attack`, as low as can be. */
export async function withCanary(target: Target, attack: () => Promise<void>, more: object = {}): Promise<void> {
  const outside = await mkdtemp(join(tmpdir(), 'pushpals-canary-'));
  try {
    const file = join(outside, 'canary');
    await writeFile(file, CANARY, { mode: 0o600 });
    const grant = { CANARY: { formulas: ['attack'], tier: 'low' } };
    await target.commit({
      'policy/policy.yml': stringify({ version: 1, default: 'low', secrets: grant, ...more }),
      'pushpals.yml': `${await target.read('pushpals.yml')}\n${stringify({ secrets: { CANARY: { file } } })}`,
    });
    await attack();
  } finally {
    await rm(outside, { recursive: true });
  }
}

/** The run failed for the secret that it would have let out, and neither git nor what was said holds it. */
export async function assertCaught(target: Target, { failure, written }: Outcome): Promise<void> {
  assert.is(failure, 'secret-found', written.slice(0, 2000));
  assertUnseen(written);
  assert.is(await target.git('for-each-ref', 'refs/pushpals/runs', 'refs/heads/pushpals'), '');
}
