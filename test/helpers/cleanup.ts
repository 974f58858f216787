type Step = () => void | Promise<void>;

const steps: Step[] = [];

/** What a helper started it gives back here; `afterEach(cleanUp)` undoes it, last first. */
export function onCleanup(step: Step): void {
  steps.push(step);
}

/** What was started until now is not for the next `cleanUp`: for what a whole file of tests shares. Returns the way to undo it. */
export function takeCleanup(): () => Promise<void> {
  const taken = steps.splice(0);
  return async () => {
    steps.push(...taken);
    await cleanUp();
  };
}

/** Runs every step even when one fails; throws what failed. */
export async function cleanUp(): Promise<void> {
  const failures: unknown[] = [];
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `cleaning up failed: ${failures.map(String).join('; ')}`);
}
