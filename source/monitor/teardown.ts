/** A list of steps that undo what was opened, run in reverse order. */
export interface Teardown {
  add(step: () => void | Promise<void>): void;
  /** Runs every step once, also after one that throws; resolves to the errors. */
  run(): Promise<readonly unknown[]>;
}

export function createTeardown(): Teardown {
  const steps: Array<() => void | Promise<void>> = [];
  let running: Promise<readonly unknown[]> | undefined;
  return {
    add: step => void steps.push(step),
    run: () => (running ??= runAll(steps)),
  };
}

/** Runs every step, then throws the error, or an `AggregateError` of several. */
export async function endAll(teardown: Pick<Teardown, 'run'>): Promise<void> {
  const failures = await teardown.run();
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('; '));
}

async function runAll(steps: Array<() => void | Promise<void>>): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}
