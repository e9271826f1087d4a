/** Files and folders from which command-line agents, and editors, take instructions, servers to start or commands to run; in lower case. */
const NAMES: ReadonlySet<string> = new Set([
  ...['agents.md', 'agents.override.md', 'agent.md', 'claude.md', 'claude.local.md', 'gemini.md', 'qwen.md', '.rules'],
  ...['.mcp.json', 'mcp.json', 'opencode.json', 'opencode.jsonc', '.devcontainer.json'],
  ...['.agents', '.codex', '.gemini', '.qwen', '.openhands', '.openhands_instructions', '.opencode', '.roo', '.kiro'],
  ...['.vscode', '.idea', '.zed', '.devcontainer', '.continue', '.amazonq', '.junie', '.trae'],
]);
/** The same of tools that have many: `.claude/`, `.cursorrules`, `.goosehints`, `.aider.conf.yml`. */
const BEGINNINGS: readonly string[] = ['.claude', '.cursor', '.goose', '.aider', '.windsurf', '.cline', '.augment'];
/** And single places of them, which count nowhere else. */
export const INSTRUCTION_PATHS: readonly string[] = [
  '.github/copilot-instructions.md',
  '.github/instructions',
  '.github/agents',
];

/** Whether a path of a tree is one that command-line agents read their instructions or settings from. */
export function isInstructionFile(path: string): boolean {
  const lower = path.toLowerCase();
  return (
    lower.split('/').some((part) => NAMES.has(part) || BEGINNINGS.some((beginning) => part.startsWith(beginning))) ||
    INSTRUCTION_PATHS.some((top) => lower === top || lower.startsWith(`${top}/`))
  );
}
