/** By text, the files that say it. */
type Said = ReadonlyMap<string, readonly string[]>;

interface Translated {
  readonly text: string;
  readonly translation: string;
  readonly place: string;
}

export function textsSaid(top?: string): Said;

export function translations(top?: string): ReadonlyMap<string, readonly Translated[]>;

export function examine(
  said: Said,
  translated: readonly Translated[],
): {
  readonly missing: ReadonlyMap<string, readonly string[]>;
  readonly damage: readonly string[];
};
