/** The differences of two texts, line by line: `- ` only in the first, `+ ` only in the second; at most `most` lines, and the number of further ones. */
export function differences(before: string, after: string, most: number): readonly string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const lines = [
    ...old.filter(line => !fresh.includes(line)).map(line => `- ${line}`),
    ...fresh.filter(line => !old.includes(line)).map(line => `+ ${line}`),
  ];
  return lines.length <= most ? lines : [...lines.slice(0, most), `… ${lines.length - most}`];
}
