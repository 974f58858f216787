/** One step older or newer, or down or up, for the keys that move. */
export function stepOf(key: string): 1 | -1 {
  return key === 'j' || key === 'down' ? 1 : -1;
}
