import type {Effect, FixRequest} from '../core/model/effect.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {ProcessIdentity} from '../core/model/observation.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../format/error-text.ts';
import {gatherEvidence} from './gather-evidence.ts';
import type {Handlers} from './handlers.ts';
import type {Loop} from './monitor.ts';
import {isBug} from './unexpected.ts';

/** The running fixes, at most one per target. */
export interface Fixes {
  /** Runs a fix after the cancelled one before it, if any, has cleaned up, and acts when the memory of it is saved (`remembered`), so that a crash during it forgets nothing. */
  run(
    effect: Extract<Effect, {type: 'fix'}>,
    loop: Loop,
    remembered?: Promise<unknown>,
  ): Promise<void>;
  cancel(target: string): void;
  /**
   * Begins no more fixes, and aborts those that have not acted yet. Returns the targets whose fix may leave a service stopped;
   * `ended` resolves when all of those fixes have ended.
   */
  end(): {readonly targets: readonly string[]; readonly ended: Promise<unknown>};
}

/** The time limit for finding the holder of the port. */
const OWNER_MS = 5_000;

export function createFixes(handlers: Handlers): Fixes {
  const underWay = new Map<
    string,
    {readonly controller: AbortController; readonly ended: Promise<FixOutcome>}
  >();
  /** Targets whose fix may have stopped a process by now. */
  const acting = new Set<string>();
  let ending = false;

  return {
    async run({target, request}, loop, remembered) {
      const controller = new AbortController();
      const before = underWay.get(target)?.ended;
      const ended = before
        ? before.then(() => repair(target, request, controller.signal, loop, remembered))
        : repair(target, request, controller.signal, loop, remembered);
      const fix = {controller, ended};
      underWay.set(target, fix);
      const outcome = await ended.finally(() => {
        if (underWay.get(target) === fix) underWay.delete(target);
      });
      if (outcome.kind === 'done') loop.worked('fixes', target);
      // A target that left the config and came back counts its attempts anew, so an old number could match a new attempt.
      if (controller.signal.aborted) return;
      const {attempt} = request;
      loop.dispatch({type: 'fix-finished', at: loop.now(), target, attempt, outcome});
    },
    cancel: target => underWay.get(target)?.controller.abort(),
    end() {
      ending = true;
      const awaited = [...underWay].filter(
        ([target]) => acting.has(target) && !handlers.fixOf(target)?.leavable,
      );
      for (const [target, {controller}] of underWay) if (!acting.has(target)) controller.abort();
      return {
        targets: awaited.map(([target]) => target),
        ended: Promise.all(awaited.map(([, {ended}]) => ended)),
      };
    },
  };

  /** Never rejects. */
  async function repair(
    target: string,
    request: FixRequest,
    signal: AbortSignal,
    loop: Loop,
    remembered: Promise<unknown> | undefined,
  ): Promise<FixOutcome> {
    const {attempt} = request;
    const onSignalled = () =>
      loop.dispatch({type: 'fix-signalled', at: loop.now(), target, attempt});
    try {
      const fix = handlers.fixOf(target);
      if (signal.aborted || ending) return cancelled();
      if (request.action === 'continue') return handlers.continueProcess(request);
      if (!fix) return {kind: 'failed', detail: message`no restart is configured`};
      if (request.gather)
        await gatherEvidence(handlers.gathererOf(target), target, request, signal, loop);
      await noteStranger(target, loop);
      await remembered;
      if (signal.aborted || ending) return cancelled();
      acting.add(target);
      return await fix.restart(request, {
        signal,
        onSignalled,
        leftovers: () => leftoversOf(target, loop),
      });
    } catch (error) {
      if (isBug(error)) loop.caught('fixes', error, target);
      return {kind: 'failed', detail: errorText(error)};
    } finally {
      acting.delete(target);
    }
  }

  async function leftoversOf(target: string, loop: Loop): Promise<readonly ProcessIdentity[]> {
    try {
      const owner = handlers.probesOf(target)?.owner;
      return owner ? await owner.leftovers(AbortSignal.timeout(OWNER_MS)) : [];
    } catch (error) {
      unknownHolder(target, error, loop);
      return [];
    }
  }

  /** Remembers who holds the port before the fix, so that a stranger is recognised after it. A failure does not stop the fix. */
  async function noteStranger(target: string, loop: Loop): Promise<void> {
    try {
      await handlers.probesOf(target)?.owner?.noteStranger(AbortSignal.timeout(OWNER_MS));
    } catch (error) {
      unknownHolder(target, error, loop);
    }
  }

  function unknownHolder(target: string, error: unknown, loop: Loop): void {
    handlers.notify({
      at: loop.now(),
      target,
      level: 'info',
      kind: 'change',
      text: message`cannot tell which process holds the port before the fix: ${errorText(error)}`,
    });
  }
}

function cancelled(): FixOutcome {
  return {kind: 'failed', detail: message`cancelled before it began`};
}
