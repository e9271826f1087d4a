import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of the packages that are bundled, as their authors ask for.
 * @param {readonly string[]} inputs the files that went into the bundle
 */
export function notices(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^(?:[^:]*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
    return `${name} ${version} (${license ?? 'see below'})\n\n${text === '' ? 'The package brings no licence text.' : text}`;
  });
  return `PushPals is bundled with the following packages.\n\n${texts.sort().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
