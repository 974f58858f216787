/** One word of a command line in a unit file: no variable, specifier or space of it means anything. */
export function commandWord(text: string): string {
  return quoted(text.replaceAll('$', '$$$$'));
}

/** The program of a command line, or a value of `Environment=` or `ReadWritePaths=`: there a dollar sign is just one. */
export function quoted(text: string): string {
  const escaped = percent(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /^[\w@+=:,.\/%-]+$/.test(text) ? escaped : `"${escaped}"`;
}

/** A value that takes the whole line as it is. */
export function plain(text: string): string {
  return percent(text);
}

/** Every per cent sign would begin a specifier. */
function percent(text: string): string {
  return text.replaceAll('%', '%%');
}
