/** One palette of semantic colours. A colour is anything ink's `color` takes (`#rrggbb`, an ANSI name); undefined is the terminal's own. */
export interface Theme {
  readonly name: string;
  readonly summary: string;
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
