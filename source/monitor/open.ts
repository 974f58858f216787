import {begin} from './begin.ts';
import {createLoop, makers, openBase} from './pieces.ts';
import type {MonitorSetup, OpenMonitor} from './setup.ts';
import {createTeardown} from './teardown.ts';

/** Claims the state directory, starts the children and the loop. Throws a `UsageError` for a mistake of the user; a failure leaves nothing behind. */
export async function openMonitor(setup: MonitorSetup, make = makers): Promise<OpenMonitor> {
  const teardown = createTeardown();
  try {
    const base = await openBase(setup, make, teardown);
    return await begin(setup, createLoop(setup, base, make, teardown), make, teardown);
  } catch (error) {
    const failures = await teardown.run();
    // The user needs the first error; failures of the teardown become its cause.
    if (failures.length > 0 && error instanceof Error) error.cause ??= new AggregateError(failures);
    throw error;
  }
}
