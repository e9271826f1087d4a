import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { systemCallFilter } from '../../../runner/adapters/sandbox/system-call-filter.js';

interface Call {
  readonly audit: number;
  readonly number: number;
  readonly first?: number;
  readonly second?: number;
}

/** What the kernel's own interpreter would answer; of its instructions those that a filter has. */
function answerOf(program: Uint8Array, { audit, number, first = 0, second = 0 }: Call): string {
  const view = new DataView(program.buffer);
  const data = new Map([
    [0, number],
    [4, audit],
    [16, first],
    [24, second],
  ]);
  let loaded = 0;
  for (let at = 0; at * 8 < program.length; at += 1) {
    const [code, value] = [view.getUint16(at * 8, true), view.getUint32(at * 8 + 4, true)];
    const jump = (is: boolean): number => view.getUint8(at * 8 + (is ? 2 : 3));
    if (code === 0x20) {
      const found = data.get(value);
      if (found === undefined) throw new RangeError(`instruction ${String(at)} reads at ${String(value)}`);
      loaded = found;
    } else if (code === 0x15) at += jump(loaded === value);
    else if (code === 0x35) at += jump(loaded >= value);
    else if (code === 0x45) at += jump((loaded & value) !== 0);
    else if (code === 0x06) return value === 0x7fff_0000 ? 'allowed' : `error ${String(value & 0xffff)}`;
    else throw new RangeError(`instruction ${String(at)} has the code ${String(code)}`);
  }
  throw new RangeError('the program has no end');
}

const [X64, ARM64] = [0xc000003e, 0xc00000b7];
const THREAD = 0x003d0f00;
const NEW_USER = 0x10000000;

for (const [what, call, x64, arm64, expected] of [
  ['read', {}, 0, 63, 'allowed'],
  ['execve', {}, 59, 221, 'allowed'],
  ['the newest call', {}, 460, 460, 'allowed'],
  ['mount', {}, 165, 40, 'error 1'],
  ['keyctl', {}, 250, 219, 'error 1'],
  ['io_uring_setup', {}, 425, 425, 'error 1'],
  ['unshare', {}, 272, 97, 'error 1'],
  ['clone of a thread', { first: THREAD }, 56, 220, 'allowed'],
  ['clone with a new user namespace', { first: NEW_USER | 17 }, 56, 220, 'error 1'],
  ['clone3', {}, 435, 435, 'error 38'],
  ['socket of the internet', { first: 2 }, 41, 198, 'allowed'],
  ['socket to the hypervisor', { first: 40 }, 41, 198, 'error 97'],
  ['ioctl that asks for a size', { second: 0x5413 }, 16, 29, 'allowed'],
  ['ioctl TIOCSTI', { second: 0x5412 }, 16, 29, 'error 1'],
  ['ioctl TIOCLINUX', { second: 0x541c }, 16, 29, 'error 1'],
] as const)
  test(`${what}: ${expected}`, () => {
    assert.is(answerOf(systemCallFilter('x64'), { audit: X64, number: x64, ...call }), expected, 'x64');
    assert.is(answerOf(systemCallFilter('arm64'), { audit: ARM64, number: arm64, ...call }), expected, 'arm64');
  });

test('other ways to the same calls lead nowhere', () => {
  assert.is(answerOf(systemCallFilter('x64'), { audit: 0x40000003, number: 5 }), 'error 38', '32-bit');
  assert.is(answerOf(systemCallFilter('x64'), { audit: X64, number: 0x4000_0000 + 165 }), 'error 38', 'x32');
  assert.is(answerOf(systemCallFilter('arm64'), { audit: X64, number: 165 }), 'error 38', 'another processor');
});

test.run();
