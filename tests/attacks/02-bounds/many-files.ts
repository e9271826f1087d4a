import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes more files than anybody could walk through, under names that are no text',
  story:
    'A million empty files take no space and stop whoever lists them; names that are no UTF-8 hide from tools that think in text. They are counted all the same.',
  by: 'script',
  sandbox: { limits: { files: 300 } },
  attempt: async ({ run }) => {
    // It stays for a while: who frees as many files of the disk at that moment hides them from the quick look, not from the next one.
    const end = await run(
      'd=$(printf "d-\\377\\376"); mkdir "$d"; i=0; while [ $i -lt 600 ]; do : > "$d/$i"; i=$((i + 1)); done; sleep 20',
    );
    assert.equal([end.exceeded?.limit, end.exceeded?.most], ['files', 300], JSON.stringify(end));
  },
};
