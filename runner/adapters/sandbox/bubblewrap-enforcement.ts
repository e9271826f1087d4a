import { WATCHED, no, partly, yes, type Enforcement } from '../../core/enforcement.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { isFiltered } from './system-call-filter.js';

/** What holds in the sandboxes of bubblewrap; `grouped`: control groups can be made here. */
export function bubblewrapEnforcement({ uid }: Owner, grouped: boolean): Enforcement {
  const groups = 'all of a step, by control groups';
  return {
    files: yes('the system’s programs read-only; only its work tree, its outputs and temporary folders can be written'),
    processes: yes('a process namespace of its own; all of it ends with the step'),
    network: partly(
      'none, unless policy and step ask for it: hosts of a list through a proxy; `full` is this machine’s own network, with what listens on its loopback',
    ),
    users: yes(
      uid === 0 ? 'steps are no root in their own user namespace' : `steps are user ${String(uid)}, never root`,
    ),
    privileges: yes('no capabilities, and none to be gained'),
    'system calls': isFiltered(process.arch)
      ? yes('a filter refuses mounts, namespaces, keys, modules and the like')
      : no(`there is no filter for ${process.arch}`),
    memory: grouped ? yes(groups) : partly('each process by itself (no control groups can be made here)'),
    cpu: grouped ? yes(groups) : no('no control groups can be made here'),
    pids: grouped ? yes(groups) : partly('all of your processes together (no control groups can be made here)'),
    disk: yes(WATCHED.disk),
    output: yes(WATCHED.output),
    time: yes(WATCHED.time),
  };
}
