import { spawn, spawnSync } from 'node:child_process';

/**
 * The pager that git would open: GIT_PAGER, core.pager, PAGER, less. Null for `cat` and for none, which mean to print. The settings
 * are the person's own; nothing of the repository's files is asked.
 */
export function pagerCommand(env: Readonly<Record<string, string>>, cwd: string): string | null {
  const asked = spawnSync('git', ['config', 'core.pager'], { cwd, env: { ...env }, encoding: 'utf8' });
  const configured = asked.status === 0 ? asked.stdout.trim() : undefined;
  const command = env['GIT_PAGER'] ?? configured ?? env['PAGER'] ?? 'less';
  return command === '' || command === 'cat' ? null : command;
}

/** Shows text in a pager until the person closes it. False where it could not be opened, so that the text has to be printed. */
export function page(text: string, command: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', command], {
      stdio: ['pipe', 'inherit', 'inherit'],
      // As git does: quit where it fits on one screen, pass colours on, leave the text there.
      env: { LESS: 'FRX', LV: '-c', ...env },
    });
    child.once('error', () => {
      resolve(false);
    });
    // The shell's way to say that there is no such program.
    child.once('close', (code) => {
      resolve(code !== 127 && code !== 126);
    });
    // Whoever closes the pager early has seen enough.
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  });
}
