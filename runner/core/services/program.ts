import { fail, ok, type Result } from '../failure.js';

/** What a service has to start: this very program, in this repository, as it is called now. All paths are absolute. */
export interface ServiceProgram {
  readonly top: string;
  readonly project: string;
  readonly node: string;
  readonly script: string;
  /** Variables that the program would miss: where programs are looked for, which engine is meant, what the runner is called. */
  readonly env: Readonly<Record<string, string>>;
}

/** Refuses what no line of a crontab or a unit can hold. */
export function checkProgram(program: ServiceProgram): Result<null> {
  const { top, node, script, env } = program;
  for (const text of [top, node, script, ...Object.values(env)])
    if (/[\u0000-\u001f\u007f]|\s$|\\$/.test(text))
      return fail({
        class: 'state-conflict',
        what: `${JSON.stringify(text)} has a character that a service's settings cannot hold`,
        hint: 'Use a path without line ends and other control characters, that ends with neither a space nor a backslash.',
      });
  return ok(null);
}
