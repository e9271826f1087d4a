import { build } from 'esbuild';

/** The command reference, as the program's own table has it. @returns {Promise<string>} */
export async function commands() {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "export { reference } from './runner/cli/help.ts'; export { COMMANDS } from './runner/cli/command-table.ts';",
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    external: ['./commands/*'],
    logLevel: 'error',
  });
  const source = Buffer.from(outputFiles[0]?.text ?? '').toString('base64');
  const { reference, COMMANDS } = await import(`data:text/javascript;base64,${source}`);
  return reference(COMMANDS);
}
