/** Quotes one word for a shell, whatever it contains. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command for a shell: quotes words where necessary, and keeps the meaning of `~`. */
export function typed(argv: readonly string[]): string {
  return argv.map(word => (/^[\w@%+=:,./~-]+$/.test(word) ? word : singleQuoted(word))).join(' ');
}
