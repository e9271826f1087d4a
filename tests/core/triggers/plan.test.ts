import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { later } from '../../../runner/core/ids.js';
import { LONGEST_CHAIN, MOST_FAILURES, MOST_OPEN } from '../../../runner/core/triggers/plan.js';
import { jitterOf, orderName, specDigest, type Trigger } from '../../../runner/core/triggers/trigger.js';
import { World, at, commit, sha256 } from './rig.js';

const order = { formula: 'f' };
const nightly: Trigger = { id: 'nightly', cron: '0 3 * * *', order };
const duplicate = { class: 'duplicate', twin: 'x', twinState: 'active', key: 'k' } as const;
const invalid = { class: 'order-invalid', problems: [] } as const;

test('a new trigger counts from now on: its first tick makes nothing', () => {
  const world = new World([nightly]);
  const first = world.tick('2026-11-20T02:00Z');
  assert.equal(
    first.writes.map(({ words }) => words),
    ['counts from now on'],
  );
  assert.is(first.wakeAt, '2026-11-20T03:00:00.000Z');
  assert.equal(world.tick('2026-11-20T02:59Z').writes, []);
  const [fired] = world.tick('2026-11-20T03:00Z').writes;
  assert.is(fired?.words, 'nightly-20261120t030000z → queue');
  assert.is(fired?.record?.through, '2026-11-20T03:00:00.000Z');
  assert.equal(fired?.record?.last, {
    at: at('2026-11-20T03:00Z'),
    for: at('2026-11-20T03:00Z'),
    order: world.made[0],
  });
  assert.is(world.orders[0]?.record.accepted.actor, 'trigger nightly');
  const again = world.tick('2026-11-20T03:01Z');
  assert.equal([again.writes, again.wakeAt], [[], '2026-11-21T03:00:00.000Z']);
});

test('two ticks that see the same make the same order', () => {
  const [one, other] = [new World([nightly]), new World([nightly])];
  for (const world of [one, other]) {
    world.tick('2026-11-20T02:00Z');
    world.tick('2026-11-20T03:00Z');
  }
  assert.equal(one.orders, other.orders);
});

test('what was missed: the last one, all of them with the oldest first, or none', () => {
  const after = (missed: Trigger['missed']): readonly string[] => {
    const world = new World([{ ...nightly, ...(missed === undefined ? {} : { missed }) }]);
    world.tick('2026-11-17T04:00Z');
    world.tick('2026-11-20T05:00Z');
    return world.made;
  };
  assert.equal(after(undefined), ['nightly-20261120t030000z']);
  assert.equal(after('latest'), ['nightly-20261120t030000z']);
  assert.equal(
    after('all'),
    ['18', '19', '20'].map((day) => `nightly-202611${day}t030000z`),
  );
  assert.equal(after('skip'), []);
});

test('`skip` is on time within a quarter of an hour, or within the deadline', () => {
  const at4 = (trigger: Trigger, now: string): number => {
    const world = new World([trigger]);
    world.tick('2026-11-20T02:00Z');
    world.tick(now);
    return world.made.length;
  };
  assert.is(at4({ ...nightly, missed: 'skip' }, '2026-11-20T03:15:00Z'), 1);
  assert.is(at4({ ...nightly, missed: 'skip' }, '2026-11-20T03:15:01Z'), 0);
  assert.is(at4({ ...nightly, missed: 'skip', deadline: '1h' }, '2026-11-20T04:00:00Z'), 1);
  assert.is(at4({ ...nightly, missed: 'skip', deadline: '1h' }, '2026-11-20T04:00:01Z'), 0);
});

test('an instant older than the deadline is not made up, whatever `missed` says', () => {
  for (const [missed, expected] of [
    ['latest', 0],
    ['all', 0],
  ] as const) {
    const world = new World([{ ...nightly, missed, deadline: '90m' }]);
    world.tick('2026-11-17T04:00Z');
    world.tick('2026-11-20T04:30:01Z');
    assert.is(world.made.length, expected, missed);
  }
  const world = new World([{ id: 'often', cron: '0 * * * *', missed: 'all', deadline: '3h', order }]);
  world.tick('2026-11-10T00:30Z');
  world.tick('2026-11-20T04:30Z');
  assert.equal(
    world.made.map((name) => name.slice(-7)),
    ['020000z', '030000z', '040000z'],
  );
});

test('jitter is the same for all time, within its bound, and another one for another trigger or project', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), fc.integer({ min: 1, max: 90 }), (id, minutes) => {
      const trigger = { ...nightly, id, jitter: `${String(minutes)}m` };
      const ms = jitterOf(trigger, 'shop', sha256);
      assert.ok(ms >= 0 && ms <= minutes * 60_000 && ms % 1000 === 0);
      assert.is(jitterOf(trigger, 'shop', sha256), ms);
    }),
  );
  const late = { ...nightly, jitter: '1d' };
  assert.is(new Set(['a', 'b', 'c'].map((project) => jitterOf(late, project, sha256))).size, 3);
  assert.is(new Set(['a', 'b', 'c'].map((id) => jitterOf({ ...late, id }, 'shop', sha256))).size, 3);
});

test('with jitter an order is made later, in the name of its instant', () => {
  const trigger = { ...nightly, jitter: '2h' };
  const late = jitterOf(trigger, 'shop', sha256);
  assert.ok(late > 60_000, 'a jitter that shows');
  const due = later(at('2026-11-20T03:00Z'), late);
  const world = new World([trigger]);
  assert.is(world.tick('2026-11-20T02:00Z').wakeAt, due);
  assert.equal(world.tick(later(due, -1)).writes, []);
  world.tick(due);
  assert.equal(world.made, ['nightly-20261120t030000z']);
});

test('with `missed: all`, any ticks in a span of time make the same orders', () => {
  const HOUR_MS = 3_600_000;
  const start = at('2026-03-28T00:00Z');
  const run = (times: readonly number[]): readonly string[] => {
    const world = new World([
      { id: 'a', cron: '30 * * * *', timezone: 'Europe/Berlin', missed: 'all', jitter: '20m', order },
      { id: 'b', cron: '30 2 * * *', timezone: 'Europe/Berlin', missed: 'all', order },
    ]);
    world.tick(start);
    for (const time of [...times, 60 * HOUR_MS]) {
      world.tick(later(start, time));
      world.end();
    }
    return [...world.made].sort();
  };
  const whole = run([]);
  assert.is(whole.length, 60 + 3);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 * HOUR_MS }), { maxLength: 20 }), (times) => {
      assert.equal(run([...times].sort((a, b) => a - b)), whole);
    }),
    { numRuns: 25 },
  );
});

test('a changed trigger counts anew and is not suspended any more; one that is gone leaves no record', () => {
  const world = new World([nightly]);
  world.tick('2026-11-18T00:00Z');
  world.records.set('nightly', {
    ...world.record('nightly'),
    failures: 10,
    suspended: { since: at('2026-11-18T00:00Z'), why: 'x' },
  });
  world.tick('2026-11-19T04:00Z');
  assert.equal(world.made, []);
  world.triggers = [{ ...nightly, cron: '0 2 * * *' }];
  const [changed] = world.tick('2026-11-20T04:00Z').writes;
  assert.is(changed?.words, 'it was changed, and counts from now on');
  assert.equal([changed?.record?.suspended, changed?.record?.failures], [undefined, 0]);
  world.tick('2026-11-20T05:00Z');
  assert.equal(world.made, []);
  world.tick('2026-11-21T02:00Z');
  assert.equal(world.made, ['nightly-20261121t020000z']);
  world.triggers = [];
  world.tick('2026-11-21T03:00Z');
  assert.is(world.records.size, 0);
});

test('the order of its keys does not change a trigger', () => {
  assert.is(specDigest({ order, cron: '0 3 * * *', id: 'nightly' }, sha256), specDigest(nightly, sha256));
});

test('while things are paused nothing is made, nor waited for; what is missed is made up after', () => {
  const world = new World([nightly]);
  world.tick('2026-11-18T00:00Z');
  const paused = world.tick('2026-11-20T04:00Z', { paused: true });
  assert.equal([paused.writes, paused.wakeAt], [[], null]);
  assert.equal(paused.held, [{ trigger: 'nightly', why: 'the file PAUSE is on the ops branch' }]);
  world.tick('2026-11-20T05:00Z');
  assert.equal(world.made, ['nightly-20261120t030000z']);
});

test('while the same work waits or runs, the last instant waits with it', () => {
  const world = new World([nightly]);
  world.tick('2026-11-18T00:00Z');
  world.refuses = () => duplicate;
  const held = world.tick('2026-11-20T04:00Z');
  assert.equal([held.writes, held.held], [[], [{ trigger: 'nightly', why: 'x, which does the same, has not ended' }]]);
  world.refuses = () => null;
  world.tick('2026-11-20T05:00Z');
  assert.equal(world.made, ['nightly-20261120t030000z']);
});

test('a name that was used is not given again', () => {
  const world = new World([nightly]);
  world.tick('2026-11-20T00:00Z');
  world.ended.set('nightly-20261120t030000z', 'cancelled');
  const [write] = world.tick('2026-11-20T03:00Z').writes;
  assert.equal([write?.words, write?.orders], ['nightly-20261120t030000z was made before', []]);
  assert.equal(world.tick('2026-11-20T03:01Z').writes, []);
});

test('at most a hundred orders are open, and the rest follows as they end', () => {
  const world = new World([{ id: 'often', cron: '* * * * *', missed: 'all', order }]);
  world.tick('2026-11-20T00:00Z');
  world.tick('2026-11-20T04:10Z');
  assert.is(world.made.length, MOST_OPEN);
  assert.match(world.tick('2026-11-20T04:10Z').held[0]?.why ?? '', /^100 of its orders have not ended/);
  for (const rounds of [2, 3]) {
    world.end();
    world.tick('2026-11-20T04:10Z');
    assert.is(world.made.length, Math.min(rounds * MOST_OPEN, 250));
  }
  assert.is(new Set(world.made).size, 250);
});

test('ten failures in a row suspend it, and a success begins the count anew', () => {
  const world = new World([{ id: 'often', cron: '* * * * *', order }]);
  let minute = 0;
  const next = (end: 'done' | 'failed'): ReturnType<World['tick']> => {
    world.tick(later(at('2026-11-20T00:00Z'), (minute += 1) * 60_000));
    world.end(end);
    return world.tick(later(at('2026-11-20T00:00Z'), minute * 60_000 + 1000));
  };
  world.tick('2026-11-20T00:00Z');
  for (let count = 1; count < MOST_FAILURES; count += 1) next('failed');
  assert.is(world.record('often').failures, 9);
  next('done');
  assert.is(world.record('often').failures, 0);
  for (let count = 1; count < MOST_FAILURES; count += 1) next('failed');
  assert.is(world.record('often').suspended, undefined);
  const last = next('failed');
  assert.match(last.writes[0]?.warning ?? '', /^trigger often is suspended .*pushpals trigger resume often/);
  assert.is(last.wakeAt, null);
  assert.match(world.record('often').suspended?.why ?? '', /^10 of its orders in a row failed/);
  const { length } = world.made;
  next('done');
  assert.is(world.made.length, length);
});

test('an order that cannot be made is a failure too, said with why', () => {
  const world = new World([{ id: 'often', cron: '* * * * *', missed: 'all', order }]);
  world.tick('2026-11-20T00:00Z');
  world.refuses = () => invalid;
  const [write] = world.tick('2026-11-20T00:01Z').writes;
  assert.is(write?.record?.failures, 1);
  assert.match(write?.warning ?? '', /^trigger often cannot make often-20261120t000100z: /);
  world.tick('2026-11-20T02:00Z');
  assert.ok(world.record('often').suspended !== undefined);
  assert.is(world.record('often').through, at('2026-11-20T00:10Z'), 'no further than the tenth');
});

test('what became of cancelled orders, and of files that are gone, says nothing of the work', () => {
  const world = new World([nightly]);
  world.tick('2026-11-20T00:00Z');
  world.tick('2026-11-20T03:00Z');
  world.end('cancelled');
  world.tick('2026-11-20T03:01Z');
  assert.equal([world.record('nightly').failures, world.record('nightly').open], [0, []]);
});

test('a record from a clock that was ahead counts anew', () => {
  const world = new World([nightly]);
  world.tick('2030-01-01T00:00Z');
  const [write] = world.tick('2026-11-20T00:00Z').writes;
  assert.match(write?.words ?? '', /^its record is ahead of the clock/);
  // Clocks that differ a little are no reason.
  assert.equal(world.tick('2026-11-19T23:59Z').writes, []);
});

test('a new tip is fired for once, where the paths changed', () => {
  const world = new World([{ id: 'moved', branch: 'main', paths: ['src/**'], order }]);
  world.tick('2026-11-20T00:00Z', { tip: 'a' });
  assert.is(world.record('moved').tip, commit('a'));
  assert.equal(world.tick('2026-11-20T00:01Z', { tip: 'b', changed: [] }).writes, []);
  world.tick('2026-11-20T00:02Z', { tip: 'c', changed: ['src/x'] });
  world.tick('2026-11-20T00:03Z', { tip: 'c', changed: ['src/x'] });
  assert.equal(world.made, [`moved-${commit('c').slice(0, 12)}`]);
  assert.is(world.record('moved').tip, commit('c'));
  assert.match(world.orders[0]?.record.order.context ?? '', /main is at .*\nChanged:\n- src\/x$/s);
  // A branch that is gone for a while, and is back where it was.
  world.tick('2026-11-20T00:04Z');
  world.tick('2026-11-20T00:05Z', { tip: 'c' });
  world.tick('2026-11-20T00:06Z', { tip: 'd' });
  assert.is(world.made.length, 2);
});

test('a branch that could not be seen is not taken for one that is not there', () => {
  const world = new World([{ id: 'moved', branch: 'release', order }]);
  assert.equal(world.tick('2026-11-20T00:00Z', { unseen: true }).writes, [], 'from where on it counts is not known');
  world.tick('2026-11-20T00:01Z', { tip: 'a' });
  assert.is(world.record('moved').tip, commit('a'));
  assert.equal(world.tick('2026-11-20T00:02Z', { unseen: true }).writes, []);
  world.tick('2026-11-20T00:03Z', { tip: 'a' });
  assert.equal(world.made, []);
  world.tick('2026-11-20T00:04Z', { tip: 'b' });
  assert.equal(world.made, [`moved-${commit('b').slice(0, 12)}`]);
});

test('files that change, and change back, are two orders', () => {
  const world = new World([{ id: 'notes', files: ['knowledge/**'], order }]);
  for (const [index, files] of ['a', 'a', 'b', 'a', 'b', 'b'].entries())
    world.tick(`2026-11-20T00:0${String(index)}Z`, { files });
  assert.is(world.made.length, 3);
  assert.is(new Set(world.made).size, 3);
});

const happening = (key: string, chain = 0) => ({ key, words: `order ${key} ended as done`, context: 'Goal: x', chain });

test('each end is fired for once; what was looked through is noted', () => {
  const world = new World([{ id: 'then', after: { formula: 'f' }, order: { formula: 'g' } }]);
  world.tick('2026-11-20T00:00Z');
  const happenings = [happening('one'), happening('two')];
  world.tick('2026-11-20T00:01Z', { happenings });
  assert.is(world.made.length, 2);
  assert.is(world.orders[0]?.record.accepted.chain, 1);
  assert.is(world.record('then').seen?.commit, commit('ops at 2026-11-20T00:01Z'));
  // Seen again, as after a crash or by a runner that is behind.
  world.tick('2026-11-20T00:02Z', { happenings });
  assert.is(world.made.length, 2);
  assert.equal(world.tick('2026-11-20T00:03Z', { others: 99 }).writes, []);
  assert.is(world.tick('2026-11-20T00:04Z', { others: 100 }).writes[0]?.words, 'has looked through what ended');
});

test('more ends than may be open are not lost', () => {
  const world = new World([{ id: 'then', after: { formula: 'f' }, order: { formula: 'g' } }]);
  world.tick('2026-11-20T00:00Z');
  const happenings = Array.from({ length: 130 }, (_, index) => happening(String(index)));
  world.tick('2026-11-20T00:01Z', { happenings });
  assert.is(world.record('then').seen?.commit, commit('ops at 2026-11-20T00:00Z'), 'not settled yet');
  world.end();
  world.tick('2026-11-20T00:02Z', { happenings });
  assert.is(world.made.length, 130);
  assert.is(world.record('then').seen?.commit, commit('ops at 2026-11-20T00:02Z'));
});

test('a chain of triggers comes to an end', () => {
  const world = new World([{ id: 'then', after: { formula: 'f' }, order: { formula: 'g' } }]);
  world.tick('2026-11-20T00:00Z');
  world.tick('2026-11-20T00:01Z', { happenings: [happening('a', LONGEST_CHAIN - 1)] });
  assert.is(world.orders[0]?.record.accepted.chain, LONGEST_CHAIN);
  const [write] = world.tick('2026-11-20T00:02Z', { happenings: [happening('b', LONGEST_CHAIN)] }).writes;
  assert.equal([write?.orders, write?.record?.failures], [[], 1]);
  assert.match(write?.warning ?? '', /5 triggers have fired one after the other/);
});

test('a branch that results are merged into has a trigger fire itself a few times, and not for ever', () => {
  const world = new World([{ id: 'moved', branch: 'main', order: { formula: 'f' } }]);
  world.tick('2026-11-20T00:00Z', { tip: 'a' });
  world.tick('2026-11-20T00:01Z', { tip: 'b', chain: LONGEST_CHAIN - 1 });
  assert.is(world.orders[0]?.record.accepted.chain, LONGEST_CHAIN);
  const [write] = world.tick('2026-11-20T00:02Z', { tip: 'c', chain: LONGEST_CHAIN }).writes;
  assert.equal([write?.orders, write?.record?.failures], [[], 1]);
  // What people push begins anew.
  assert.is(world.tick('2026-11-20T00:03Z', { tip: 'd' }).writes[0]?.orders[0]?.record.accepted.chain, undefined);
});

test('a record that cannot be read keeps its trigger still', () => {
  const world = new World([nightly]);
  world.records.set('nightly', null);
  const planned = world.tick('2026-11-20T03:00Z');
  assert.equal([planned.writes, planned.wakeAt], [[], null]);
});

test('a name is short enough for a run of the order, and another one for another trigger', () => {
  const long = 'a'.repeat(60);
  const [one, other] = [long, `${long.slice(1)}b`].map((id) => orderName(id, '20261120t030000z', sha256));
  assert.ok((one ?? '').length <= 55 && one !== other, one);
  assert.match(one ?? '', /^a+-[0-9a-f]{6}-20261120t030000z$/);
});

test.run();
