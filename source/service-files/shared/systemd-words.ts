/** Quotes one word of a command line in a unit file: no variable, specifier or space in it has a meaning. */
export function commandWord(text: string): string {
  return quoted(text.replaceAll('$', '$$$$'));
}

/** Quotes the program of a command line, or a value of `Environment=` or `ReadWritePaths=`: a dollar sign there is literal. */
export function quoted(text: string): string {
  const escaped = percent(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /^[\w@+=:,.\/%-]+$/.test(text) ? escaped : `"${escaped}"`;
}

/** Quotes a value that takes the whole line. */
export function plain(text: string): string {
  return percent(text);
}

/** A single per cent sign would begin a specifier. */
function percent(text: string): string {
  return text.replaceAll('%', '%%');
}
