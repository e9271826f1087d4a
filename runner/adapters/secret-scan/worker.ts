/** Looks for credentials by secretlint's recommended rules, in a thread of its own: hostile text must not hold anybody up. */
import { parentPort } from 'node:worker_threads';
import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { ScannedText, Suspicion } from '../../app/ports/secrets.js';

export interface Question {
  readonly id: number;
  readonly texts: readonly ScannedText[];
}

export interface Answer {
  readonly id: number;
  readonly found: readonly Suspicion[];
}

const PREFIX = '@secretlint/secretlint-rule-';
/** With it, whoever writes a text could say that there is nothing in it. */
const COMMENTS = `${PREFIX}filter-comments`;
const config = {
  rules: rules.filter(({ meta }) => meta.id !== COMMENTS).map((rule) => ({ id: rule.meta.id, rule })),
};

async function look({ path, text, before = '' }: ScannedText, index: number): Promise<readonly Suspicion[]> {
  const { messages } = await lintSource({
    source: { filePath: `/${path}`, content: text, contentType: 'text' },
    options: { config, noPhysicFilePath: true },
  });
  return messages
    .filter(({ range: [start, end] }) => !before.includes(text.slice(start, end)))
    .map(({ ruleId, range: [start, end], loc }) => ({
      index,
      line: loc.start.line,
      start,
      end,
      rule: ruleId.replace(PREFIX, ''),
    }));
}

parentPort?.on('message', ({ id, texts }: Question) => {
  void Promise.all(texts.map(look)).then((found) => {
    const answer: Answer = { id, found: found.flat() };
    parentPort?.postMessage(answer);
  });
});
