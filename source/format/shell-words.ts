/** Words as one types them in a shell: quoted where they have to be. */
export function shellWords(words: readonly string[]): string {
  return words.map(word => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
