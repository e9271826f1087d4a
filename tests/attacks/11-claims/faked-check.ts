import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves programs, profiles and processes behind that let the check succeed',
  story:
    'What a change is worth is said by its check. A step leaves an ignored `node_modules/.bin/verify` that always succeeds, profiles and configuration in its home and temporary folders, and a daemon that writes the expected file. ' +
    'The check runs on a fresh checkout of what was really changed, in a sandbox in which nothing ran before, so it fails.',
  by: 'project',
  except: { host: { succeeds: 'a step’s home is that of whoever runs it, and stays' } },
  attempt: async (target) => {
    await target.commit({ '.gitignore': 'node_modules\n*.log\n', 'bin/verify': '#!/bin/sh\nexit 1\n' });
    const steps = [
      {
        id: 'attack',
        run: `mkdir -p node_modules/.bin; printf '#!/bin/sh\\nexit 0\\n' > node_modules/.bin/verify; chmod +x node_modules/.bin/verify
echo 'exit 0' > "$HOME/.profile"; cp "$HOME/.profile" "$HOME/.bashrc"; echo 'exit 0' > "$HOME/.shrc"; echo passed > result.log
(setsid sh -c 'while :; do echo passed > result.log; mkdir -p node_modules/.bin; sleep 0.05; done' > /dev/null 2>&1 &)
echo two > src/a.txt`,
      },
      {
        id: 'verify',
        needs: ['attack'],
        check:
          'if [ -e result.log ] || [ -e "$HOME/.profile" ] || [ -e node_modules ]; then echo faked; exit 0; fi; sleep 0.3; [ -e result.log ] && exit 0; PATH="node_modules/.bin:$PWD/bin:$PATH"; sh bin/verify',
      },
      { id: 'ship', needs: ['verify'], ship: {} },
    ];
    const { failure, written } = await target.step('true', { formula: { steps } });
    // It fails on the base as well, which is said as such.
    assert.is(failure, 'baseline-broken', written);
    assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
  },
};
