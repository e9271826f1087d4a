import type { Result } from '../../core/failure.js';
import type { ServiceProgram } from '../../core/services/program.js';

/** What of this user's machine can have PushPals run by itself. */
export interface Services {
  /** What a service starts, but for the project. */
  readonly program: Omit<ServiceProgram, 'project'>;
  /** Whether the sandbox program becomes root on its way. */
  readonly setuidSandbox: () => boolean;
  /** The user's crontab; empty where there is none yet. */
  readonly crontab: () => Result<string>;
  readonly writeCrontab: (text: string) => Result<null>;
  /** Where a unit of the user lies, whether or not it is there. */
  readonly unitPath: (name: string) => string;
  readonly unit: (name: string) => string | null;
  /** Null takes it away. */
  readonly writeUnit: (name: string, text: string | null) => void;
  readonly systemctl: (args: readonly string[]) => Result<null>;
}
