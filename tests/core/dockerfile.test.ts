import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { basesOf, dockerfileFaults } from '../../runner/core/dockerfile.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const lines = (text: string, pinned = false, network: 'none' | 'full' = 'none'): readonly number[] =>
  dockerfileFaults(text, { network, pinned }).map(({ line }) => line);

test('without a network nothing is fetched by the engine in its place', () => {
  const adds = [
    'ADD https://x/y /y',
    'add --chown=1:1 http://x/y /',
    'ADD ["https://x/y", "/y"]',
    'ADD git@x:y /y',
    'ADD $FROM /y',
  ];
  for (const add of adds) {
    assert.equal(lines(`FROM a\n${add}\n`), [2], add);
    assert.equal(lines(`FROM a\n${add}\n`, false, 'full'), [], add);
  }
  assert.equal(lines('FROM a\nADD \\\n  https://x/y \\\n  /y\n'), [2], 'over several lines');
  assert.equal(lines('FROM a\nADD file /y\nRUN curl https://x\n'), []);
  assert.equal(lines('# escape=`\nFROM a\n'), [1]);
});

test('where images are pinned, each one that a Dockerfile takes from is', () => {
  assert.equal(lines('FROM a', true), [1]);
  assert.equal(
    lines(`FROM --platform=linux/amd64 a@${DIGEST} AS one\nFROM one\nCOPY --from=one /x /x\nCOPY --from=0 / /`, true),
    [],
  );
  assert.equal(
    lines(`FROM a@${DIGEST}\nCOPY --from=b /x /x\nRUN --mount=type=bind,from=c,target=/c true`, true),
    [2, 3],
  );
  assert.equal(lines('ARG BASE=a\nFROM $BASE', true), [2]);
  assert.equal(lines('FROM scratch', true), []);
});

test('the images that it begins from', () => {
  assert.equal(basesOf('FROM a:1 AS one\n# FROM no\nFROM scratch\nFROM One\nfrom b'), ['a:1', 'b']);
});

test.run();
