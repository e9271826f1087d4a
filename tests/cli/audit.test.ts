// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findings, person, withHistory } from './history-rig.js';

test('a history of the runner’s own has nothing to find, and says what was looked at', () =>
  withHistory(async (project) => {
    assert.match(await findings(project), /^nothing found: \d+ commits, \d+ transitions, 0 fired requests, 1 logs$/m);
    // What people do by hand is theirs to do.
    await project.write('ops/PAUSE', '');
    await project.write('ops/inbox/next.md', 'Do it\n');
    await person(project, 'pause');
    assert.match(await findings(project), /^nothing found/);
    const { stdout } = await project.pushpals(['audit', '--json']);
    assert.equal((JSON.parse(stdout) as { findings: unknown[] }).findings, []);
  }));

test.run();
