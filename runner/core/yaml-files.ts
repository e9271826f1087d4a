/** Whether a path is that of a YAML file right inside a folder. */
export const isYaml = (path: string, folder: string): boolean =>
  path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/') && /\.ya?ml$/.test(path);

/** The name of a YAML file, without folder and ending. */
export const nameOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
