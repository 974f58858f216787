/** The direction of a moving key: 1 is down or older, -1 is up or newer. */
export function stepOf(key: string): 1 | -1 {
  return key === 'j' || key === 'down' ? 1 : -1;
}
