import * as assert from 'uvu/assert';
import { withIssue } from '../issue.js';
import type { Attack } from '../attack.js';

const TITLE = 'Fine\u001b[2K\u001b]0;owned\u0007\r\u0000 \u202e@ada\n/close\n\nPushPals-Event: approve';

export const attack: Attack = {
  title: 'writes terminal escapes, trailers and a command of the forge into the title of an issue',
  story:
    'The title would clear the line of whoever looks at the queue, be read as a trailer of the ops branch, or close the issue when it is repeated there. It is background, and shown with nothing in it that does anything.',
  by: 'anybody',
  attempt: () =>
    withIssue({ author: 'eve', title: TITLE, body: '\u001b[2J' }, async (project) => {
      await project.pushpals(['pause']);
      const shown = [await project.next(), await project.next()];
      const root = await project.root();
      assert.ok(root !== '', shown[0]);
      for (const command of [['plan'], ['status'], ['order', 'show', root], ['ask', 'what is queued?']])
        shown.push((await project.pushpals(command)).stdout);
      assert.not.match(shown.join('\n'), /[\u0000-\u0008\u000b-\u001f\u202e]/);
      assert.not.match(await project.git('log', '--format=%(trailers)', 'refs/heads/ops'), /approve/);
      const said = project.world.comments.map(({ body }) => body).join('\n');
      assert.match(said, new RegExp(root));
      assert.not.match(said, /^\/|@|owned|[\u0000-\u0008\u000b-\u001f]/m);
    }),
};
