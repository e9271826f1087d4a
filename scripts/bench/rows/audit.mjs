import { createHash } from 'node:crypto';
import { PROGRAM, feed, git, inTurns, run } from '../measure.mjs';
import { project } from '../repository.mjs';

export const name = 'audit of 10,000 transitions';
export const against = '`git log --raw` of the same history';
export const budget = 10;

const LOG = 'ok 1 - works\n';
const RUNNER = 'PushPals runner <runner@pushpals.invalid>';

/** @param {{ times: number, quick: boolean }} options */
export async function measure({ times, quick }) {
  const orders = quick ? 250 : 2500;
  const dir = project();
  await feed(
    ['git', 'fast-import', '--quiet', '--force'],
    dir,
    history(orders, git(dir, 'rev-parse', 'refs/heads/ops').trim()),
  );
  const ours = () => run([...PROGRAM, 'audit'], dir);
  const said = ours();
  if (!said.startsWith('nothing found')) throw new Error(said.slice(0, 500));
  const theirs = () => git(dir, 'log', '--first-parent', '--raw', '--no-abbrev', 'refs/heads/ops');
  const taken = await inTurns(Math.min(times, 3), ours, theirs);
  return { ...taken, note: `${said.trim().replace('nothing found: ', '')}; under 10 s is asked` };
}

/**
 * Each order is accepted, claimed, does a step and ends with its evidence: four transitions.
 * @param {number} orders @param {string} tip @returns {Generator<string>}
 */
function* history(orders, tip) {
  const digest = `sha256:${createHash('sha256').update(LOG).digest('hex')}`;
  const runJson = JSON.stringify({ steps: [{ key: 'a', log: 'steps/01-a.log', logDigest: digest }] });
  const blob = (/** @type {number} */ mark, /** @type {string} */ text) =>
    `blob\nmark :${mark}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  yield blob(1, 'id: an order\n') + blob(2, 'id: an order that does a step\n') + blob(3, LOG) + blob(4, runJson);
  let from = `from ${tip}\n`;
  const commit = (/** @type {string} */ order, /** @type {string} */ event, /** @type {string} */ files) => {
    const message = `order ${order}: ${event}\n\nPushPals-Order: ${order}\nPushPals-Event: ${event}\n`;
    const text = `commit refs/heads/ops\nauthor ${RUNNER} 1767225600 +0000\ncommitter ${RUNNER} 1767225600 +0000\ndata ${message.length}\n${message}${from}${files}\n`;
    from = '';
    return text;
  };
  for (let index = 0; index < orders; index += 1) {
    const order = `order-${index}`;
    const evidence = `evidence/2025/01/${String(1 + (index % 28)).padStart(2, '0')}/${order}-1`;
    yield commit(order, 'accept', `M 100644 :1 queue/${order}.yml\n`);
    yield commit(order, 'claim', `D queue/${order}.yml\nM 100644 :1 active/${order}.yml\n`);
    yield commit(order, 'step', `M 100644 :2 active/${order}.yml\n`);
    yield commit(
      order,
      'finish',
      `D active/${order}.yml\nM 100644 :2 done/2025/01/${order}.yml\nM 100644 :4 ${evidence}/run.json\nM 100644 :3 ${evidence}/steps/01-a.log\n`,
    );
  }
}
