import { fail, ok, type Result } from '../failure.js';
import { slug } from '../order.js';
import { checkProgram, type ServiceProgram } from './program.js';

export const unitName = (project: string): string => `pushpals-${slug(project)}.service`;

/** Systemd fills in what follows a percent sign. */
const literal = (text: string): string => text.replaceAll('%', '%%');
/** A word in double quotes, in which systemd reads backslashes as C does. */
const word = (text: string): string => `"${literal(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const MADE_BY = '# Made by `pushpals install systemd`; `pushpals install systemd --remove` takes it away.';

/**
 * A unit of the user's own that keeps a watch running. `setuidSandbox`: the sandbox program becomes root on its way, which must then be let
 * happen.
 */
export function unitText(program: ServiceProgram, setuidSandbox: boolean): Result<string> {
  const checked = checkProgram(program);
  if (!checked.ok) return checked;
  const { top, project, node, script, env } = program;
  if (/["'\\]/.test(node))
    return fail({
      class: 'state-conflict',
      what: `systemd starts no program with a quote or a backslash in its path, and this Node is ${node}`,
      hint: 'Run PushPals by a Node in a plainer place.',
    });
  return ok(`${MADE_BY}
[Unit]
Description=PushPals watches ${literal(plain(project))}

[Service]
Type=exec
WorkingDirectory=${literal(top)}
${Object.entries(env)
  .map(([name, value]) => `Environment=${word(`${name}=${value}`)}\n`)
  .join('')}# The colon: a dollar sign means itself.
ExecStart=:${word(node)} ${word(script)} watch
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=30
# What runs is ended by the watch itself, after its grace of 30 s.
KillMode=mixed
TimeoutStopSec=90
# 143: runs were handed back, and go on after the next start.
SuccessExitStatus=143
# A step that uses up its memory is the step's failure.
OOMPolicy=continue
LimitCORE=0
${setuidSandbox ? '# No NoNewPrivileges: bwrap is installed setuid here.' : 'NoNewPrivileges=yes'}

[Install]
WantedBy=default.target
`);
}

/** Whether a unit was written for that repository; one of another with the same project name is left alone. */
export const isUnitOf = (text: string, top: string): boolean =>
  text.startsWith(MADE_BY) && text.split('\n').includes(`WorkingDirectory=${literal(top)}`);

const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f\\]+/g, ' ').trim();
