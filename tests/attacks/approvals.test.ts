// deadline: 600s
// one Node: what holds is git, and decisions
import { test } from 'uvu';
import { registerUnsandboxed } from './register.js';

await registerUnsandboxed((point) => point === '06-approvals');

test.run();
