import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { codeBlock, quietTitle } from '../../../runner/core/forge/outside-text.js';

test('a title mentions nobody, refers to nothing and is no draft', () => {
  const titles: readonly (readonly [string, string])[] = [
    ['fix: total of baskets', 'fix: total of baskets'],
    ['thanks @ada and @org/team', 'thanks @ ada and @ org/team'],
    ['fixes #812, closes GH-3, !4', 'fixes # 812, closes GH 3, ! 4'],
    ['closes https://forge.example/a/b/issues/1', 'closes https: //forge.example/a/b/issues/1'],
    ['a\u202eb\u0000c\nd', 'ab c d'],
    ['Draft: not ready', 'order-1: Draft: not ready'],
    ['[WIP] x', 'order-1: [WIP] x'],
    ['\u200b', 'order-1'],
  ];
  for (const [title, quiet] of titles) assert.is(quietTitle(title, 'order-1'), quiet);
  assert.ok(quietTitle('x'.repeat(10_000), 'o').length <= 200);
});

test('nothing leaves a block of code', () => {
  const block = codeBlock(['```', '@ada', '</details>', '````\n![x](y)']);
  assert.match(block, /^`{5}text\n[\s\S]*\n`{5}$/);
  assert.is(block.split('\n').filter((line) => /^`{5}/.test(line)).length, 2);
  assert.ok(codeBlock(['x'.repeat(1_000_000)]).length < 3_000);
});

test.run();
