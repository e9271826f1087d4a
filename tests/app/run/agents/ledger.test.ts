import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Account, Bounds } from '../../../../runner/core/agents/budget.js';
import { NO_USAGE } from '../../../../runner/core/agents/usage.js';
import { Ledger } from '../../../../runner/app/run/agents/ledger.js';

const answer = (tokens: number, costUsd = 0) => ({ turns: 1, inputTokens: tokens, outputTokens: 0, costUsd });

test('a ledger goes on with what the record says, and counts each step by itself', () => {
  const ledger = new Ledger({ tokens: 100, turns: 10 }, { spent: answer(40), given: { tokens: 10 } });
  ledger.spend('a', answer(20));
  ledger.spend('b', answer(5));
  assert.equal(ledger.left, { turns: 7, tokens: 25 });
  assert.equal(ledger.of('a'), answer(20));
  assert.equal(ledger.of('c'), NO_USAGE);
  assert.is(ledger.usedUp, null);
  ledger.spend('a', answer(25));
  assert.equal(ledger.usedUp, { what: 'tokens', most: 100, used: 100 });
});

test('what an agent may use by its own file is shared by attempts at a step, and begins anew where a review sends the run back', () => {
  const ledger = new Ledger({ tokens: 100 }, {});
  ledger.spend('fix', answer(20));
  ledger.spend('fix', answer(5));
  assert.equal(ledger.own('fix'), { ...answer(25), turns: 2 });
  ledger.anew('fix');
  assert.equal(ledger.own('fix'), NO_USAGE);
  ledger.spend('fix', answer(7));
  assert.equal(ledger.own('fix'), answer(7));
  assert.equal(ledger.of('fix'), { ...answer(32), turns: 3 }, 'the evidence has all of it');
  assert.equal(ledger.left, { tokens: 68 }, 'and so has the order');
});

test('whoever keeps the count is told of each answer, with all that the order has used', () => {
  const kept: number[] = [];
  const ledger = new Ledger({}, { spent: answer(10) }, ({ inputTokens }) => kept.push(inputTokens));
  ledger.spend('fix', answer(20));
  ledger.spend('look', answer(5));
  assert.equal(kept, [30, 35]);
});

test('who goes on with the work keeps a share as large as a child’s; who is done gives all', () => {
  const keeps = new Ledger({ tokens: 90 }, {});
  assert.equal(keeps.giveAway([{}, {}], true), [{ tokens: 30 }, { tokens: 30 }]);
  assert.equal(keeps.left, { tokens: 30 });
  const gives = new Ledger({ tokens: 90 }, {});
  assert.equal(gives.giveAway([{}, { tokens: 20 }], false), [{ tokens: 70 }, { tokens: 20 }]);
  assert.equal(gives.usedUp, { what: 'tokens', most: 90, used: 90 });
});

/** What may happen to one of the orders: an answer, a runner that dies or an attempt that begins, children. */
type Happening =
  | { readonly is: 'answer'; readonly order: number; readonly tokens: number; readonly cost: number }
  | { readonly is: 'again'; readonly order: number }
  | { readonly is: 'files'; readonly order: number; readonly asks: readonly Bounds[]; readonly keeps: boolean };

const order = fc.nat(30);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ is: fc.constant('answer' as const), order, tokens: fc.nat(400), cost: fc.integer({ max: 50, min: 0 }) }),
  fc.record({ is: fc.constant('again' as const), order }),
  fc.record({
    is: fc.constant('files' as const),
    order,
    asks: fc.array(fc.record({ tokens: fc.nat(800), turns: fc.nat(9) }, { requiredKeys: [] }), {
      minLength: 1,
      maxLength: 4,
    }),
    keeps: fc.boolean(),
  }),
);

/** An order of the tree with what its record says, and its own formula's budget. */
interface Known {
  account: Account;
  readonly budget: Bounds;
  ledger: Ledger;
  over: number;
}

test('retries, runners that die and child orders never use more than the root’s budget, but for one answer where an order comes to its end', () => {
  const budget = { tokens: 1000, turns: 20, cost: 2 };
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const known: Known[] = [{ account: {}, budget, ledger: new Ledger(budget, {}), over: 0 }];
      for (const each of happenings) {
        const of = known[each.order % known.length] as Known;
        if (each.is === 'answer') {
          // The loop asks for no answer once the budget is used up.
          if (of.ledger.usedUp !== null) continue;
          const before = of.ledger.left.tokens ?? Infinity;
          of.ledger.spend('a', answer(each.tokens, each.cost / 100));
          of.over += Math.max(0, each.tokens - before);
          of.account = { ...of.account, spent: of.ledger.spent };
        } else if (each.is === 'again') {
          of.ledger = new Ledger(of.budget, of.account);
        } else {
          const given = of.ledger.giveAway(each.asks, each.keeps);
          of.account = { ...of.account, given: of.ledger.given };
          // What a child asks for is its own formula's budget.
          for (const [index, allowance] of given.entries()) {
            const [account, own] = [{ allowance }, each.asks[index] ?? {}];
            known.push({ account, budget: own, ledger: new Ledger(own, account), over: 0 });
          }
        }
      }
      const used = (count: (of: Known) => number): number => known.reduce((sum, of) => sum + count(of), 0);
      // An answer is one turn, so turns are exact; how long an answer is is known when it is there.
      assert.ok(used(({ ledger }) => ledger.spent.turns) <= budget.turns);
      const tokens = used(({ ledger }) => ledger.spent.inputTokens);
      assert.ok(tokens <= budget.tokens + used(({ over }) => over), `${String(tokens)} tokens`);
      assert.ok(known.every(({ over }) => over <= 400));
    }),
  );
});

test.run();
