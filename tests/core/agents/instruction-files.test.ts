import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isInstructionFile } from '../../../runner/core/agents/instruction-files.js';

test('files from which agents and editors take instructions, wherever they lie and however they are spelled', () => {
  for (const path of [
    ...['AGENTS.md', 'src/deep/Claude.md', '.mcp.json', '.claude/settings.json', '.claude', 'a/.vscode/tasks.json'],
    ...['.github/copilot-instructions.md', '.cursorrules', '.goosehints', '.aider.conf.yml', '.openhands/setup.sh'],
    ...['docs/agents.md', 'opencode.json'],
  ])
    assert.ok(isInstructionFile(path), path);
  for (const path of [
    'README.md',
    'docs/agents/a.md',
    'agents/bug-fixer.yml',
    '.github/workflows/x.yml',
    'src/claude.ts',
  ])
    assert.not.ok(isInstructionFile(path), path);
});

test.run();
