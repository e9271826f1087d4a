import type * as v from 'valibot';
import { marked } from '../marker.js';
import * as answers from './answers.js';
import type { GiteaClient } from './client.js';

/** The runner's own comment with that marker, on an issue or a pull request: anybody can write a marker. */
export async function ownComment(
  gitea: GiteaClient,
  number: number,
  marker: string,
): Promise<v.InferOutput<typeof answers.comment> | undefined> {
  const login = await gitea.self();
  const comments = await gitea.all(`GET ./issues/${String(number)}/comments`, {}, answers.comment);
  return comments.find((comment) => comment.body.startsWith(marked(marker, '')) && answers.author(comment) === login);
}
