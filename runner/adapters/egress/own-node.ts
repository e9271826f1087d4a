import { realpathSync } from 'node:fs';
import { basename } from 'node:path';

/** This Node, to be run where nothing else of this machine is: files to mount read-only, and the command that starts it there. */
export interface OwnNode {
  readonly files: readonly { readonly from: string; readonly to: string }[];
  readonly command: readonly string[];
}

/** Later than the types that we compile with. */
type ReportWithoutPeers = NodeJS.ProcessReport & { excludeNetwork?: boolean };

interface ProcessReport {
  readonly sharedObjects?: readonly string[];
}

const FLAGS = ['--v8-pool-size=1', '--max-old-space-size=48', '--max-semi-space-size=1'];

/** `folder` is where the files will be. The loader is started by name, so that a sandbox needs neither it nor libraries of its own, nor the same kind of them. */
export function ownNode(folder: string): OwnNode {
  const report: ReportWithoutPeers = process.report;
  // Else it looks up the name of every peer.
  report.excludeNetwork = true;
  const objects = ((report.getReport() as ProcessReport).sharedObjects ?? []).filter((path) => path.startsWith('/'));
  const node = { from: realpathSync(process.execPath), to: `${folder}/node` };
  const libraries = objects
    .filter((path) => path !== process.execPath)
    .map((path) => ({ from: realpathSync(path), to: `${folder}/lib/${basename(path)}` }));
  const loader = libraries.find(({ to }) => /\/ld-[^/]+$/.test(to));
  const start = loader === undefined ? [node.to] : [loader.to, '--library-path', `${folder}/lib`, node.to];
  return { files: [node, ...libraries], command: [...start, ...FLAGS] };
}
