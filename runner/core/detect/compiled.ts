import { parse, TomlError } from 'smol-toml';
import { CACHE, ignoring, type GuessedCommand, type Survey, type Toolchain } from './survey.js';

export function goToolchain({ names, files }: Survey): Toolchain {
  const text = files.get('go.mod') ?? '';
  const version = /^go\s+(\d+\.\d+)/m.exec(text)?.[1];
  const needsModules = /^\s*require\b/m.test(text) && !names.includes('vendor/');
  const cache = `GOMODCACHE="$PWD/${CACHE}/go" GOFLAGS=-modcacherw`;
  const go = needsModules ? `${cache} go` : 'go';
  const commands: GuessedCommand[] = [
    ...(needsModules
      ? [
          {
            name: 'setup' as const,
            run: `${ignoring(CACHE)} && ${go} mod download`,
            network: 'full' as const,
            because: '`require` in go.mod',
          },
        ]
      : []),
    { name: 'test', run: `${go} test ./...`, because: 'go.mod' },
    { name: 'lint', run: `${go} vet ./...`, because: 'go.mod' },
    { name: 'lint-fix', run: `${go} fmt ./...`, because: 'go.mod' },
    { name: 'build', run: `${go} build ./...`, because: 'go.mod' },
  ];
  const image = {
    name: `golang:${version ?? '1'}-bookworm`,
    because: version === undefined ? 'nothing names a version' : 'go.mod',
  };
  return { commands, image, notes: [] };
}

export function rustToolchain({ files }: Survey): Toolchain {
  const text = files.get('Cargo.toml') ?? '';
  const manifest = tomlOf(text);
  const notes = manifest === null ? ['Cargo.toml is not valid TOML: nothing was read from it'] : [];
  const needsCrates =
    manifest !== null &&
    ['dependencies', 'dev-dependencies', 'build-dependencies', 'workspace'].some(
      (key) => Object.keys((manifest[key] as object | undefined) ?? {}).length > 0,
    );
  const cargo = needsCrates ? `CARGO_HOME="$PWD/${CACHE}/cargo" cargo` : 'cargo';
  const commands: GuessedCommand[] = [
    ...(needsCrates
      ? [
          {
            name: 'setup' as const,
            run: `${ignoring(CACHE)} && ${cargo} fetch`,
            network: 'full' as const,
            because: 'dependencies in Cargo.toml',
          },
        ]
      : []),
    { name: 'test', run: `${cargo} test --offline`, because: 'Cargo.toml' },
    { name: 'lint', run: `${cargo} clippy --offline`, because: 'Cargo.toml' },
    { name: 'lint-fix', run: 'cargo fmt', because: 'Cargo.toml' },
    { name: 'build', run: `${cargo} build --offline`, because: 'Cargo.toml' },
  ];
  const pinned = /(?:^|channel\s*=\s*")(\d+\.\d+)/m.exec(
    files.get('rust-toolchain.toml') ?? files.get('rust-toolchain') ?? '',
  )?.[1];
  const image = {
    name: `rust:${pinned ?? '1'}-bookworm`,
    because: pinned === undefined ? 'nothing names a version' : 'rust-toolchain',
  };
  return { commands, image, notes };
}

function tomlOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return null;
    throw error;
  }
}

const TARGETS: readonly (readonly [command: GuessedCommand['name'], targets: readonly string[]])[] = [
  ['test', ['test', 'check']],
  ['lint', ['lint']],
  ['lint-fix', ['lint-fix', 'fix', 'fmt', 'format']],
  ['build', ['build', 'all']],
];

/** What the targets of a Makefile are for, by their usual names. */
export function makeCommands({ files }: Survey): readonly GuessedCommand[] {
  const text = files.get('Makefile');
  if (text === undefined) return [];
  const targets = new Set(
    [...text.matchAll(/^([A-Za-z0-9_.-]+)(?:[ \t]+[A-Za-z0-9_.-]+)*[ \t]*:(?!=)/gm)].map(([, name]) => name),
  );
  return TARGETS.flatMap(([name, usual]) => {
    const target = usual.find((one) => targets.has(one));
    return target === undefined
      ? []
      : [{ name, run: `make ${target}`, because: `the target \`${target}\` in Makefile` }];
  });
}
