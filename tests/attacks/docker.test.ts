// deadline: 400s
// one Node: what holds is the kernel and the engine
import { test } from 'uvu';
import { registerAttacks } from './register.js';

await registerAttacks('docker');

test.run();
