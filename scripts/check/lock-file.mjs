/** @typedef {Record<string, { dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }>} Packages */

/**
 * What keeps a lock file from installing on another machine, a line each: it must work with whatever registry that machine is set
 * up with, and hold all that a clean install needs.
 * @param {string} text @returns {readonly string[]}
 */
export function lockFileProblems(text) {
  const named = text
    .split('\n')
    .flatMap((line, at) => (/"resolved":|registry/i.test(line) ? [`package-lock.json:${at + 1}: ${line.trim()}`] : []));
  return [...named, ...missingIn(JSON.parse(text).packages)];
}

/**
 * npm leaves a platform's package out of the lock file if the registry of the day does not have it, and then refuses a clean install.
 * @param {Packages} packages
 */
function missingIn(packages) {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !holds(packages, path === '' ? '' : `${path}/`, name))
      .map((name) => `package-lock.json: ${path || 'the project'} needs ${name}, which is not locked`),
  );
}

/** Whether a package finds another one: beside its own, or beside one of those that it is nested in. @param {Packages} packages @param {string} from @param {string} name @returns {boolean} */
function holds(packages, from, name) {
  if (`${from}node_modules/${name}` in packages) return true;
  return from !== '' && holds(packages, from.slice(0, from.lastIndexOf('node_modules/')), name);
}
