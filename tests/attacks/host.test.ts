// deadline: 400s
// one Node: what holds is git
import { test } from 'uvu';
import { registerAttacks } from './register.js';

// Where they succeed is tried as well: the table says so.
await registerAttacks('host');

test.run();
