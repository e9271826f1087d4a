/** Reports that test runners write. Whatever they hold came from a sandbox. */
import type { Result } from '../../core/failure.js';
import type { TestResult } from '../../core/diagnosis.js';

export interface TestReports {
  /** Whether a file of that name is read as a report. */
  isReport(name: string): boolean;
  /** The tests of a report; the failure says why it cannot be read. */
  read(name: string, bytes: Uint8Array): Promise<Result<readonly TestResult[], string>>;
  /** The tests that printed text holds as TAP; null if it is not TAP. */
  readPrinted(text: string): Promise<readonly TestResult[] | null>;
}
