// deadline: 300s
import { test } from 'uvu';
import { spineScenarios } from './spine.js';

spineScenarios('host', (name, run) => {
  test(name, run);
});

test.run();
