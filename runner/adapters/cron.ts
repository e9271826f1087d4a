import { CronExpressionParser } from 'cron-parser';

/** What is wrong with a schedule in a time zone; null if nothing is. */
export function checkCron(expression: string, timezone: string): string | null {
  // The parser takes seconds as a sixth field; the format does not.
  if (!expression.startsWith('@') && expression.trim().split(/\s+/).length !== 5)
    return 'expected five fields: minute, hour, day, month, weekday';
  try {
    CronExpressionParser.parse(expression, { tz: timezone }).next();
    return null;
  } catch (error) {
    // The parser throws plain errors for bad expressions and time zones alike, with a message for people.
    if (error instanceof Error) return error.message;
    throw error;
  }
}
