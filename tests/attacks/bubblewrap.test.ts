// deadline: 400s
// one Node: what holds is the kernel and bubblewrap
import { test } from 'uvu';
import { registerAttacks } from './register.js';

await registerAttacks('bubblewrap');

test.run();
