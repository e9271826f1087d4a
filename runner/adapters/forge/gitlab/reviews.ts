import type { Review } from '../../../core/forge/pull-request.js';
import type { Instant } from '../../../core/ids.js';
import { orNull } from '../forge-fault.js';
import * as v from 'valibot';
import { shaped } from '../shapes.js';
import * as answers from './answers.js';
import { PAGES, type GitLabClient, type Person } from './client.js';

/**
 * GitLab has no reviews: it has approvals, reviewers who ask for changes, and notes. Each approval and each request is made a review, with the notes of who asked,
 * and each note of others one that comments.
 */
export async function reviewsOf(gitlab: GitLabClient, number: number): Promise<readonly Review[]> {
  const at = `./merge_requests/${String(number)}`;
  const [said, reviewers, discussions] = await Promise.all([
    gitlab.get(`${at}/approvals`),
    // Older servers do not have it.
    orNull(gitlab.get(`${at}/reviewers`)),
    gitlab.get(`${at}/notes`, { sort: 'asc', per_page: PAGES.perPage }),
  ]);
  const notes = shaped(v.array(answers.note), discussions).filter(({ system }) => !system);
  const { approved_by } = shaped(answers.approvals, said);
  const asking = (reviewers === null ? [] : shaped(v.array(answers.reviewer), reviewers)).filter(
    ({ state }) => state === 'requested_changes',
  );
  const authors = notes.flatMap(({ author }) => author ?? []);
  const writers = await gitlab.writers([...approved_by, ...asking].map(({ user }) => user).concat(authors));
  const newest = (person: Person): Instant | null =>
    notes
      .filter(({ author }) => author?.id === person.id)
      .map(({ created_at }) => created_at)
      .at(-1) ?? null;
  const review = (
    state: Review['state'],
    person: Person | null,
    when: Instant,
    id: string,
    comments: readonly answers.Note[],
  ): Review => ({
    id,
    by: person?.username ?? 'ghost',
    byMayWrite: person !== null && writers.has(person.username),
    state,
    // It does not say which commit was looked at.
    commit: null,
    at: when,
    body: comments
      .filter(({ position }) => position?.new_path == null)
      .map(({ body }) => body)
      .join('\n\n'),
    comments: comments.flatMap(({ id: note, body, position }) =>
      position?.new_path == null
        ? []
        : [{ id: String(note), path: position.new_path, line: position.new_line ?? null, body }],
    ),
  });
  const isAsking = new Set(asking.map(({ user }) => user.id));
  const EPOCH = '1970-01-01T00:00:00.000Z' as Instant;
  return [
    ...approved_by.map(({ user, approved_at }) =>
      review('approved', user, approved_at ?? newest(user) ?? EPOCH, `approval-${String(user.id)}`, []),
    ),
    ...asking.map(({ user, created_at }) =>
      review(
        'changes-requested',
        user,
        newest(user) ?? created_at ?? EPOCH,
        `changes-${String(user.id)}`,
        notes.filter(({ author }) => author?.id === user.id),
      ),
    ),
    ...notes
      .filter(({ author }) => author === null || !isAsking.has(author.id))
      .map((note) => review('commented', note.author, note.created_at, String(note.id), [note])),
  ].sort((one, other) => (one.at < other.at ? -1 : 1));
}
