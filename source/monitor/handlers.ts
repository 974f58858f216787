import type {FixOutcome} from '../core/model/event.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../io/error-code.ts';
import {continueProcess} from '../io/process/terminate.ts';
import {removeSignal, signalPath} from '../io/state-dir/restart-signal.ts';
import type {Handlers} from '../runtime/handlers.ts';
import type {Notices} from './notices.ts';
import type {Problems} from './problems.ts';
import type {StateFiles} from './state-files.ts';
import type {Targets} from './targets.ts';
import type {TargetWatch} from './watch-targets.ts';

/** Connects the effects of the core to the pieces of this monitor. */
export function handlersOf({
  stateDir,
  targets,
  watch,
  notices,
  files,
  problems,
}: {
  readonly stateDir: string;
  readonly targets: Pick<Targets, 'get'>;
  readonly watch: Pick<TargetWatch, 'worstLagSince'>;
  readonly notices: Pick<Notices, 'notify'>;
  readonly files: Pick<StateFiles, 'writeStatus' | 'remember'>;
  readonly problems: Pick<Problems, 'about'>;
}): Handlers {
  const report = problems.about('restart_signal');
  return {
    probesOf: name => targets.get(name)?.probes,
    fixOf: name => targets.get(name)?.fix,
    gathererOf: name => targets.get(name)?.gatherer,
    continueProcess: request => continued(request.process && continueProcess(request.process)),
    worstLagSince: watch.worstLagSince,
    notify: notices.notify,
    writeStatus: files.writeStatus,
    remember: files.remember,
    consumeSignal() {
      try {
        removeSignal(signalPath(stateDir));
        report(undefined);
      } catch (error) {
        report(errorText(error));
      }
    },
  };
}

function continued(result: ReturnType<typeof continueProcess> | undefined): FixOutcome {
  if (!result) return {kind: 'failed', detail: message`agent2 knows no process to continue`};
  return {kind: result.kind === 'done' ? 'done' : 'failed', detail: result.text};
}
