import { mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { engineFailure } from '../../../runner/adapters/sandbox/docker-engine.js';
import { thrownBy } from '../../thrown.js';

test('what fails on this machine’s files is not called the engine’s', () => {
  const error = thrownBy(() => {
    mkdirSync(join(tmpdir(), 'not-there', 'x'));
  });
  assert.is(error?.code, 'ENOENT');
  assert.match(engineFailure(error).why, /this machine's own files: ENOENT/);
});

test('a socket that is not there is an engine that does not answer', async () => {
  const [error] = (await once(createConnection(join(tmpdir(), 'no.sock')), 'error')) as [unknown];
  assert.is(engineFailure(error).why, 'no engine answers');
});

test('what is no answer of anybody is thrown on', () => {
  assert.throws(() => engineFailure(new TypeError('a bug')), /a bug/);
});

test.run();
