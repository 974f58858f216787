/** One theme: a file in `themes/`, named like its word behind `--theme`. */
export interface Theme extends Palette {
  readonly name: string;
  /** Its place in the order of `t`: the least comes first. */
  readonly order: number;
  readonly summary: string;
}

/** A colour for each meaning: anything ink's `color` takes (`#rrggbb`, an ANSI name); undefined is the terminal's own. */
export interface Palette {
  readonly ok: string | undefined;
  readonly warn: string | undefined;
  readonly down: string | undefined;
  readonly unknown: string | undefined;
  readonly accent: string | undefined;
  readonly muted: string | undefined;
  readonly border: string | undefined;
  readonly chart: string | undefined;
  readonly key: string | undefined;
  /** Whether `muted` may also be drawn dim: not where contrast matters. */
  readonly dim: boolean;
}
