/** One word for a shell, whatever it holds. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command as one would type it: words are quoted where they have to be, and `~` stays what it means. */
export function typed(argv: readonly string[]): string {
  return argv.map(word => (/^[\w@%+=:,./~-]+$/.test(word) ? word : singleQuoted(word))).join(' ');
}
