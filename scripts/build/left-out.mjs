/**
 * Parts of the engine's client that we never call and that cost most of its loading time: engines reached by SSH, and builds of images.
 * A call of one would throw, and say so.
 */
const LEFT_OUT = /(docker-modem\/lib\/ssh|dockerode\/lib\/(session|buildkit))\.js$/;

/** Keeps the times of every rule on every text, for as long as the process lives. */
const PROFILER = /@secretlint\/profiler\/module\/\w+\.js$/;

/** @type {import('esbuild').Plugin} */
export const leftOut = {
  name: 'left-out',
  setup(build) {
    build.onLoad({ filter: PROFILER }, () => ({ contents: 'export const secretLintProfiler = { mark() {} };' }));
    build.onLoad({ filter: LEFT_OUT }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path.split('/').at(-1)} of the engine's client is not in this program`)}); };`,
    }));
  },
};
