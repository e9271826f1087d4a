import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { evaluate } from '../../runner/adapters/cel-evaluate.js';

const { steps } = parse(readFileSync('formulas/gatekeeper.yml', 'utf8')) as {
  steps: { id: string; orders?: string }[];
};
const expression = steps.find(({ id }) => id === 'file')?.orders ?? '';

const filed = (formula: string, order: object, answer: string | null = null): unknown => {
  const ask = answer === null ? { state: 'skipped', outputs: {} } : { state: 'succeeded', outputs: { answer } };
  const look = { state: 'succeeded', outputs: { orders: [order] } };
  const made = evaluate(expression, { inputs: { formula }, steps: { look, ask } });
  if (!made.ok) throw new Error(made.why);
  return made.value;
};

test('the formula of a label takes nothing from what the gatekeeper says of an order', () => {
  const plain = { goal: 'g', done: ['d'] };
  const whole = { ...plain, paths: ['src/**'], checks: ['test'], risk: 'high' };
  assert.equal(filed('', whole), [whole]);
  assert.equal(filed('fix', whole), [{ ...whole, formula: 'fix' }]);
  assert.equal(filed('fix', { ...whole, formula: 'other' }), [{ ...whole, formula: 'fix' }]);
  assert.equal(filed('fix', plain), [{ ...plain, paths: [], checks: [], formula: 'fix' }]);
  assert.equal(filed('fix', { ...plain, risk: 'low' }), [
    { ...plain, paths: [], checks: [], formula: 'fix', risk: 'low' },
  ]);
  assert.equal(filed('fix', whole, 'mine'), [{ goal: 'mine', formula: 'fix' }]);
});

test.run();
