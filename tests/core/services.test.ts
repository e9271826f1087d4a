import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { cronBlock, withBlock } from '../../runner/core/services/crontab.js';
import { isUnitOf, unitName, unitText } from '../../runner/core/services/systemd.js';
import type { ServiceProgram } from '../../runner/core/services/program.js';

const PROGRAM: ServiceProgram = {
  top: '/srv/my shop',
  project: 'My Shop',
  node: '/opt/node/bin/node',
  script: '/opt/pushpals/dist/pushpals.js',
  env: { PATH: '/opt/node/bin:/usr/bin' },
};

function value<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** What cron hands to the shell: `\%` is a percent sign, a bare one would end the line. */
const commandOf = (block: string): string => {
  const line = block.split('\n')[1] ?? '';
  assert.not.match(line.replaceAll('\\%', ''), /%/);
  return line.split(' ').slice(5).join(' ').replaceAll('\\%', '%');
};

test('the line of cron runs this program in this repository, whatever their names hold', () => {
  const folder = mkdtempSync(join(tmpdir(), `pushpals it's "50%" $HOME `));
  const node = join(folder, 'no%de');
  writeFileSync(node, '#!/bin/sh\nprintf "%s\\n" "$PWD" "$PATH" "$@"\n', { mode: 0o755 });
  const program = { ...PROGRAM, top: folder, node, script: "/a b/it's.js", env: { PATH: "/usr/bin:/bin:/it's 100%" } };
  const printed = execFileSync('/bin/sh', ['-c', commandOf(value(cronBlock(program, 5)))], { encoding: 'utf8' });
  assert.equal(printed.trim().split('\n'), [folder, "/usr/bin:/bin:/it's 100%", "/a b/it's.js", 'tick']);
  assert.match(value(cronBlock(PROGRAM, 5)), /^\*\/5 \* \* \* \* cd /m);
  assert.match(value(cronBlock(PROGRAM, 1)), /^\* \* \* \* \* cd /m);
  rmSync(folder, { recursive: true });
});

test('a block goes in once and comes out again, and everything else stays', () => {
  const other = 'MAILTO=ada\n# pushpals begin /other\n0 3 * * * x\n# pushpals end /other\n\n5 4 * * * y';
  const block = value(cronBlock(PROGRAM, 5));
  const once = value(withBlock(other, PROGRAM.top, block));
  assert.is(once, `${other}\n${block}`);
  assert.is(value(withBlock(once, PROGRAM.top, block)), once);
  const changed = value(withBlock(`${once}6 6 * * * z\n`, PROGRAM.top, value(cronBlock(PROGRAM, 7))));
  assert.match(changed, /\*\/7 \* \* \* \* cd[^]*\n6 6 \* \* \* z\n$/);
  assert.is(value(withBlock(once, PROGRAM.top, null)), `${other}\n`);
  assert.is(value(withBlock('', PROGRAM.top, block)), block);
  assert.is(value(withBlock(block, PROGRAM.top, null)), '');
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 }).map((line) => line.replaceAll('\n', ''))), (lines) => {
      const crontab = lines.map((line) => `${line}\n`).join('');
      assert.is(value(withBlock(value(withBlock(crontab, PROGRAM.top, block)), PROGRAM.top, null)), crontab);
    }),
  );
});

test('marks that were torn are left to a person', () => {
  const block = value(cronBlock(PROGRAM, 5));
  for (const torn of [block.split('\n').slice(0, 2).join('\n'), block + block, block.split('\n').reverse().join('\n')])
    assert.is(withBlock(torn, PROGRAM.top, block).ok, false, torn);
});

test('what no such line can hold is refused', () => {
  for (const top of ['/a\nb', '/a\\', '/a '])
    for (const made of [cronBlock({ ...PROGRAM, top }, 5), unitText({ ...PROGRAM, top }, false)])
      assert.is(made.ok, false, JSON.stringify(top));
});

test('a Node that systemd could not start is refused', () => {
  assert.is(unitText({ ...PROGRAM, node: "/it's/node" }, false).ok, false);
});

test('a unit is of one repository', () => {
  const text = value(unitText(PROGRAM, false));
  assert.ok(isUnitOf(text, '/srv/my shop'));
  assert.not.ok(isUnitOf(text, '/srv/my'));
  assert.not.ok(isUnitOf(text.replace(/^#.*\n/, ''), '/srv/my shop'));
  assert.match(text, /^NoNewPrivileges=yes$/m);
  assert.not.match(value(unitText(PROGRAM, true)), /^NoNewPrivileges/m);
  assert.is(unitName('My Shop'), 'pushpals-my-shop.service');
});

if (spawnSync('systemd-analyze', ['--version']).status === 0) {
  test('systemd reads the unit, whatever the names in it hold', () => {
    const home = mkdtempSync(join(tmpdir(), 'pushpals-unit-'));
    const top = join(home, `it's "50%" $HOME`);
    mkdirSync(top);
    const node = join(home, 'no %de $x');
    writeFileSync(node, '#!/bin/sh\n', { mode: 0o755 });
    const unit = join(home, 'pushpals-test.service');
    const text = value(unitText({ ...PROGRAM, top, node, project: '100% "x"' }, false));
    writeFileSync(unit, text);
    const checked = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_LOG_LEVEL: 'warning' },
    });
    assert.not.match(checked.stderr, /pushpals-test\.service/, `${readFileSync(unit, 'utf8')}\n${checked.stderr}`);
    rmSync(home, { recursive: true });
  });
}

test.run();
