/** The key for a new screen of that name. */
export function freeKey(name: string): string;
