// deadline: 300s
import { test } from 'uvu';
import { needs } from '../engine.js';
import { spineScenarios } from './spine.js';

spineScenarios('bubblewrap', (name, run) => {
  needs('bubblewrap', test)(name, run);
});

test.run();
