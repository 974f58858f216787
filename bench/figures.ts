/** A measured figure and its upper limit. */
export interface Judged {
  readonly measured: number;
  readonly budget: number;
  readonly pass: boolean;
}

export function judge(measured: number, budget: number): Judged {
  return {measured, budget, pass: measured <= budget};
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** Of at least one value, to one decimal. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
  return {
    median: round(median),
    min: round(sorted[0] ?? NaN),
    max: round(sorted.at(-1) ?? NaN),
    runs: sorted.length,
  };
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/** Runs the `measure` functions in order and reports each on stderr. */
export async function repeat<T>(
  what: string,
  runs: number,
  measure: (run: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < runs; run += 1) {
    const result = await measure(run);
    results.push(result);
    process.stderr.write(`${what} ${run + 1}/${runs}: ${JSON.stringify(result)}\n`);
  }
  return results;
}
