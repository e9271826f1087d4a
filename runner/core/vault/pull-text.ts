import type { VaultRequest } from '../../generated/types.js';
import { codeBlock } from '../forge/outside-text.js';
import { plainText, shorten } from '../template.js';
import { requestPath, wantsAnswer } from './request.js';

const MOST_TITLE = 200;

/** Whether that is what a pull request says, however its forge ends lines. */
export const saysText = (
  { title, body }: { readonly title: string; readonly body: string },
  text: ReturnType<typeof pullText>,
): boolean => bare(title) === bare(text.title) && bare(body) === bare(text.body);

const bare = (text: string): string => text.replace(/[ \t]*\r?\n/g, '\n').trim();

/** A request as the text of a pull request. What others wrote stands in one block of code, so that it mentions nobody, closes nothing and shows no picture. */
export function pullText(request: VaultRequest): { readonly title: string; readonly body: string } {
  const { id, asks, tier, reasons, needs, order } = request;
  const { what, why, plan = [], changes = [], risks = [], scope = [], then, rollback } = asks;
  const list = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `- ${line}`)];
  const told = [
    what,
    '',
    `Order: ${order}`,
    `Why: ${why}`,
    `Tier: ${tier}`,
    ...reasons.map(({ rule, because }) => `- ${rule}: ${because}`),
    ...list('Steps', plan),
    ...list('May write', scope),
    ...list('Changes', changes),
    ...list('Look at', risks),
    '',
    `Then: ${then}`,
    `Rollback: ${rollback}`,
  ];
  const { approvals, from = [] } = needs;
  const who = from.length === 0 ? 'an approver of the policy' : `an approver of ${from.join(' or ')}`;
  const answer = wantsAnswer(request)
    ? `It needs an answer: add a line \`answer: …\` to \`${requestPath('approved', id)}\` on this branch, and nothing else, and merge then. `
    : '';
  const how = `**Merge this to say yes, close it to say no.** ${answer}The merge counts if ${who} makes it${approvals > 1 ? `; ${String(approvals)} people have to, one after the other` : ''}. However it is merged, it moves one file, and changes nothing else.`;
  return {
    title: shorten(plainText(`${id}: ${what}`), MOST_TITLE),
    body: `${how}\n\n${codeBlock(told)}\n\n\`pushpals vault show ${id}\` shows all of it, with the diff.\n`,
  };
}
