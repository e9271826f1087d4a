import type { Progress, Report } from '../app/ports/progress.js';
import { printable, type Output } from './output.js';
import type { Instant } from '../core/ids.js';
import { shownRemote } from '../core/mirrors.js';
import { pauseStory } from '../core/pause.js';
import { sizeText } from '../core/size-text.js';
import { span } from '../core/span.js';
import { renderFailure } from './render-failure.js';

/** One line an event, for logs and pipes. */
export function lineReport(out: Output): Report {
  return (progress) => {
    for (const line of lines(progress, out)) out.note(line);
  };
}

/** The events themselves are the result: lines, or a JSON value a line. */
export function eventReport(out: Output, now: () => Instant): Report {
  return (progress) => {
    if (out.traits.json) out.jsonLine({ at: now(), ...progress });
    else for (const line of lines(progress, out)) out.line(line);
  };
}

function lines(progress: Progress, out: Output): readonly string[] {
  switch (progress.event) {
    case 'accepted':
      return [`${progress.order}: accepted from ${printable(progress.from)}`];
    case 'rejected':
      return [
        `${printable(progress.file)}: rejected; ${progress.file.startsWith('inbox/') ? 'the file and the reasons' : 'the reasons'} are in ops/rejected/`,
        renderFailure(progress.failure, out),
      ];
    case 'left':
      return [`${printable(progress.file)}: left for the next tick (${progress.why})`];
    case 'waits':
      return [
        `${progress.order}: ${out.paint('wait', 'waits')}: ${printable(progress.reason)}`,
        ...(progress.failure === undefined ? [] : [renderFailure(progress.failure, out)]),
      ];
    case 'would':
      return [`would: ${printable(progress.subject)}`];
    case 'started':
      return [
        `${progress.order}: ${progress.resumed ? 'goes on' : 'starts'} with ${progress.formula} (run ${progress.run})`,
      ];
    case 'merging': {
      const [order = '', ...others] = progress.orders;
      const along = others.length === 0 ? '' : `, with ${others.join(', ')}`;
      return [`${order}: merging into ${progress.into} at ${progress.target.slice(0, 12)}${along} …`];
    }
    case 'resolving': {
      const { order, by, into, paths } = progress;
      const some = paths.slice(0, 5).map(printable).join(', ');
      const more = paths.length > 5 ? ` and ${String(paths.length - 5)} more` : '';
      return [`${order}: ${out.paint('wait', 'conflicts')} with ${into} in ${some}${more}; ${by} brings them together`];
    }
    case 'step-started':
      return [`${progress.order}: ${progress.step} …`];
    case 'step-again':
      return [`${progress.order}: ${progress.step} again, for files that git ignores and ${progress.for} needs …`];
    case 'step-ended':
      return [`${progress.order}: ${progress.step} ${state(progress, out)} after ${span(progress.durationMs)}`];
    case 'mirrored': {
      const { remote, refs } = progress;
      const names = refs.slice(0, 5).map((ref) => printable(ref.replace(/^refs\/(?:heads|tags)\//, '')));
      const more = refs.length > 5 ? ` and ${String(refs.length - 5)} more` : '';
      return [
        `mirror ${shownRemote(remote)}: ${refs.length === 0 ? 'in step again' : `has ${names.join(', ')}${more}`}`,
      ];
    }
    case 'mirror-failed':
      return [out.paint('wait', printable(progress.text))];
    case 'ended':
      return ended(progress, out);
    case 'remote':
      return [renderFailure(progress.failure, out)];
    case 'pulling':
      return [`${progress.image}: pulling, because the engine does not have it …`];
    case 'building':
      return [`${progress.image}: building, from ${printable(progress.dockerfile)} …`];
    case 'built':
      return [`${progress.image}: ${out.paint('good', 'built')} after ${span(progress.durationMs)}`];
    case 'pull-progress':
    case 'build-output':
    // Each order that waits for it tells why.
    case 'build-failed':
    case 'pull-failed':
      return [];
    case 'pulled':
      return [`${progress.image}: ${out.paint('good', 'pulled')} after ${span(progress.durationMs)}`];
    case 'warning':
      return [out.paint('wait', `warning: ${printable(progress.text)}`)];
    case 'watching':
      return [`watching ${printable(progress.project)} in ${printable(progress.path)} (pid ${String(progress.pid)})`];
    case 'trouble':
      return [
        renderFailure(progress.failure, out),
        out.paint('bad', 'nothing starts until that is mended; it is looked for by itself'),
      ];
    case 'mended':
      return [out.paint('good', 'mended: it goes on')];
    case 'stopped':
      return [
        `${progress.order}: ${out.paint('bad', 'stopped')}; tried again in a while`,
        renderFailure(progress.failure, out),
      ];
    case 'pause':
      return progress.pause === null
        ? ['the pause is over: it goes on']
        : [
            out.paint(
              'wait',
              `paused${printable(pauseStory(progress.pause))}; nothing starts until \`pushpals resume\``,
            ),
          ];
    case 'reloaded':
      return ['everything is read anew'];
    case 'draining':
      return progress.orders.length === 0
        ? []
        : [`told to stop: ${progress.orders.join(', ')} may go on for ${span(progress.graceMs)}`];
    case 'drained':
      return [
        progress.handedBack.length === 0
          ? 'stopped; nothing was left running'
          : `stopped; handed back: ${progress.handedBack.join(', ')}. The next tick goes on after the last snapshots`,
      ];
  }
}

const isOver = (
  progress: Progress,
): progress is Extract<Progress, { event: 'pulled' | 'built' | 'pull-failed' | 'build-failed' }> =>
  ['pulled', 'built', 'pull-failed', 'build-failed'].includes(progress.event);

const state = (progress: Extract<Progress, { event: 'step-ended' }>, out: Output): string =>
  progress.state === 'succeeded'
    ? out.paint('good', 'succeeded')
    : progress.detail === 'approval-needed'
      ? out.paint('wait', 'needs an approval')
      : out.paint('bad', `${progress.state}${progress.detail === undefined ? '' : ` (${progress.detail})`}`);

function ended(progress: Extract<Progress, { event: 'ended' }>, out: Output): readonly string[] {
  const { order, outcome, branch, commit, evidence, failure, retryAt } = progress;
  if (failure === undefined) {
    const shipped = branch === undefined ? outcome : `shipped to ${branch} (${(commit ?? '').slice(0, 12)})`;
    return [`${order}: ${out.paint('good', shipped)}; evidence: ${evidence ?? ''}`];
  }
  const again = retryAt === undefined ? '' : `; tries again at ${retryAt}`;
  return [`${order}: ${out.paint('bad', outcome)}${again}`, renderFailure(failure, out, evidence)];
}

/**
 * A live view on a terminal by listr2: one line an order with what it is doing. The lines of what ended stay above it. Call `done`
 * when the work is over.
 */
export async function liveReport(out: Output): Promise<{ report: Report; done: () => Promise<void> }> {
  const { Listr } = await import('listr2');
  const doing = new Map<string, string>();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let show: (text: string) => void = () => undefined;
  const list = new Listr(
    [
      {
        title: 'pushpals tick',
        task: async (_, task) => {
          show = (text) => {
            task.output = text;
          };
          await finished;
        },
      },
    ],
    {
      renderer: 'default',
      rendererOptions: { clearOutput: true, removeEmptyLines: true, collapseErrors: false },
      registerSignalListeners: false,
    },
  );
  const running = list.run();
  const kept: string[] = [];
  const report: Report = (progress) => {
    if (progress.event === 'started') doing.set(progress.order, `with ${progress.formula}`);
    else if (progress.event === 'step-started') doing.set(progress.order, progress.step);
    else if (progress.event === 'step-again') doing.set(progress.order, `${progress.step} again`);
    else if (progress.event === 'step-ended') doing.set(progress.order, `${progress.step} ${progress.state}`);
    else if (progress.event === 'pulling') doing.set(progress.image, 'pulling');
    else if (progress.event === 'pull-progress')
      doing.set(progress.image, `pulling, ${sizeText(progress.doneBytes)} of ${sizeText(progress.totalBytes)}`);
    else if (progress.event === 'building') doing.set(progress.image, 'building');
    else if (progress.event === 'build-output') doing.set(progress.image, `building, ${printable(progress.line)}`);
    else kept.push(...lines(progress, out));
    if (progress.event === 'ended') doing.delete(progress.order);
    if (isOver(progress)) doing.delete(progress.image);
    show([...doing].map(([order, what]) => `${order}: ${what}`).join('\n'));
  };
  return {
    report,
    done: async () => {
      finish();
      await running;
      for (const line of kept) out.note(line);
    },
  };
}
