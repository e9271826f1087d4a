// deadline: 300s
import { test } from 'uvu';
import { needs } from '../engine.js';
import { spineScenarios } from './spine.js';

spineScenarios('docker', (name, run) => {
  needs('docker', test)(name, run);
});

test.run();
