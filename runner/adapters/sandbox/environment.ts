/** What every step finds in its environment: nothing that asks, pages or colours, and git without surprises. */
export function commonEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
    CI: 'true',
    NO_COLOR: '1',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
    // The work tree may belong to another user than the step; it is the step's own all the same.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };
}
