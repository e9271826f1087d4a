/**
 * A text without what forges and CI systems take for "run nothing for this commit" (`[skip ci]`, `***NO_CI***`, `skip-checks:`), the words left as they are: what
 * others wrote must not see to it that a result is checked by nobody.
 */
export const withoutCiMarks = (text: string): string =>
  text
    .replace(/\[\s*((?:skip|no)[ -]?(?:ci|actions|checks|build)|(?:ci|actions|build)[ -]?skip)\s*\]/gi, '($1)')
    .replace(/\*{3}\s*(NO_CI)\s*\*{3}/gi, '$1')
    .replace(/\b(skip)-(checks\s*:)/gi, '$1 $2');
