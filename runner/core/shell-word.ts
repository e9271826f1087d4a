/** A text as one word of a shell script: nothing in it means anything to the shell. A NUL, which no argument can hold, is the caller's to refuse. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
