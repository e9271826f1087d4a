const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in words, such as `512 MB` or `1.5 GB`; 1 KB is 1024 bytes, as in every file. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  const shown = power < 2 || amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10;
  return `${String(shown)} ${UNITS[power] ?? ''}`;
}
