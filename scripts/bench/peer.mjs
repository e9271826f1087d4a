import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENV } from './measure.mjs';

/** The newest one that runs on Node 20. */
const VERSION = '4.64.1';

/** The other runner that it is compared with, installed outside the project; null, with the reason, where that does not work. */
export function gitlabCiLocal() {
  const dir = join(tmpdir(), `pushpals-bench-gitlab-ci-local-${VERSION}`);
  const program = join(dir, 'node_modules', '.bin', 'gitlab-ci-local');
  if (!existsSync(program)) {
    mkdirSync(dir, { recursive: true });
    const args = [
      'install',
      '--prefix',
      dir,
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `gitlab-ci-local@${VERSION}`,
    ];
    const { status, stderr } = spawnSync('npm', args, { env: ENV, encoding: 'utf8' });
    if (status !== 0)
      return { program: null, why: `gitlab-ci-local cannot be installed: ${stderr.split('\n')[0] ?? ''}` };
  }
  return { program, why: '' };
}

/** Ten jobs. @param {string} image @param {boolean} chained */
export const jobs = (image, chained) =>
  Array.from(
    { length: 10 },
    (_, index) =>
      `job${index}:\n  image: ${image}\n  script: ["true"]\n  needs: [${chained && index > 0 ? `job${index - 1}` : ''}]\n`,
  ).join('');
