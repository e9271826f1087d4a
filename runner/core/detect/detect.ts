import { goToolchain, makeCommands, rustToolchain } from './compiled.js';
import { nodeToolchain } from './node.js';
import { pythonToolchain } from './python.js';
import type { GuessedCommand, Language, Survey, Toolchain } from './survey.js';

export interface Forge {
  readonly kind: 'github' | 'gitlab' | 'gitea';
  readonly repo: string;
  /** Where it is; null where that is the public one of its kind. */
  readonly baseUrl: string | null;
}

const PUBLIC: Readonly<Record<Forge['kind'], string | null>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  gitea: null,
};

export interface Detected extends Toolchain {
  readonly language: Language;
  /** What the language was told by; null where it was asked for. */
  readonly because: string | null;
  readonly forge: Forge | null;
}

/** Which file at the top tells which language; the first that is there counts. */
const SIGNS: readonly (readonly [file: string, language: Language])[] = [
  ['package.json', 'node'],
  ['pyproject.toml', 'python'],
  ['go.mod', 'go'],
  ['Cargo.toml', 'rust'],
  ['setup.py', 'python'],
  ['requirements.txt', 'python'],
  ['setup.cfg', 'python'],
];

const MINIMAL_IMAGE = 'buildpack-deps:bookworm';

/** What a repository is made of, guessed from the top of it. A template asked for by name wins over what the files say. */
export function detect(survey: Survey, template: Language | null): Detected {
  const signs = SIGNS.filter(([file]) => survey.names.includes(file));
  const sign = signs[0];
  const language = template ?? sign?.[1] ?? 'minimal';
  const toolchain = toolchainOf(language, survey);
  const make = language === 'minimal' && template !== null ? [] : makeCommands(survey);
  const others = signs.filter(([, other]) => other !== language).map(([file]) => file);
  return {
    language,
    because: template === null ? (sign?.[0] ?? (make.length > 0 ? 'Makefile' : 'nothing that is known')) : null,
    commands: completed(toolchain.commands, make),
    image: toolchain.image,
    notes: [
      ...toolchain.notes,
      ...(template === null && others.length > 0
        ? [`there is ${others.join(' and ')} as well: add its commands yourself`]
        : []),
    ],
    forge: survey.remote === null ? null : forgeOf(survey.remote),
  };
}

function toolchainOf(language: Language, survey: Survey): Toolchain {
  switch (language) {
    case 'node':
      return nodeToolchain(survey);
    case 'python':
      return pythonToolchain(survey);
    case 'go':
      return goToolchain(survey);
    case 'rust':
      return rustToolchain(survey);
    case 'minimal':
      return {
        commands: [],
        image: { name: MINIMAL_IMAGE, because: 'nothing names one; this has git, make and a compiler' },
        notes: [],
      };
  }
}

/** A Makefile fills in what the language's own files left open. */
const completed = (commands: readonly GuessedCommand[], more: readonly GuessedCommand[]): readonly GuessedCommand[] => [
  ...commands,
  ...more.filter(({ name }) => commands.every((known) => known.name !== name)),
];

/** The forge that a remote's URL names; null where the host says nothing. */
export function forgeOf(url: string): Forge | null {
  const [, host = '', path = ''] =
    /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+)?[:/]+([^?#]+?)(?:\.git)?\/?$/.exec(url) ?? [];
  if (!/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/.test(path)) return null;
  const kinds = {
    github: /(^|\.)github\./,
    gitlab: /(^|\.)gitlab\./,
    gitea: /(^|\.)(gitea|codeberg|forgejo)\./,
  } as const;
  const kind = (['github', 'gitlab', 'gitea'] as const).find((one) => kinds[one].test(host));
  // Only GitLab has groups in groups.
  if (kind === undefined || (kind !== 'gitlab' && path.split('/').length !== 2)) return null;
  return { kind, repo: path, baseUrl: host === PUBLIC[kind] ? null : `https://${host}` };
}
