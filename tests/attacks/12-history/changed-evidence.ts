import * as assert from 'uvu/assert';
import { findings, person, withHistory } from '../../cli/history-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'rewrites and then removes the log of a run, and adds a fired request',
  story:
    'Evidence is worth something if nobody can change it unseen. Every log has its digest in the run’s record; the audit names what differs, what is gone, and what claims to have been approved.',
  by: 'anybody',
  attempt: () =>
    withHistory(async (project) => {
      const files = await project.opsFiles();
      const log = files.find((path) => path.endsWith('.log')) ?? '';
      await project.write(`ops/${log}`, 'nothing was said\n');
      await project.write('ops/vault/fired/x.yml', 'id: x\n');
      await person(project, 'tidy');
      const found = await findings(project);
      assert.match(found, /01-change\.log is not what its run says/);
      assert.match(found, /vault\/fired\/x\.yml: it cannot be read/);
      await project.git('-C', 'ops', 'rm', '-q', log, 'vault/fired/x.yml');
      await person(project, 'tidy');
      const gone = await findings(project);
      assert.match(gone, /the evidence .*01-change\.log was removed/);
      assert.match(gone, /vault\/fired\/x\.yml was removed/);
    }),
};
