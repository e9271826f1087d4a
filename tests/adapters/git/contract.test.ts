import { join } from 'node:path';
import { test } from 'uvu';
import { GitOpsStore } from '../../../runner/adapters/git/ops-store.js';
import { gitContract } from '../../contracts/git.js';
import { withRepository } from '../../git-repository.js';

gitContract(
  'git',
  (run) =>
    withRepository(({ repository, places, reader, writer, refs }) =>
      run({ repository, ops: new GitOpsStore(places, reader, writer, refs, 'ops', join(places.top, 'ops')) }),
    ),
  test,
);

test.run();
