import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {
  REGISTRY,
  registerPlace,
  registrationCheck,
  tidyRegistry,
} from '../io/state-dir/registry.ts';
import {fileErrorText} from '../io/files/file-error.ts';
import {isNowhere} from '../io/home.ts';
import {usualHome, usualStateDirs} from '../instances/registry.ts';

/** Keeps this monitor registered, so that commands find it in any state directory. */
export interface Registration {
  everySecond(): void;
}

/** Logs a failure once; commands then need `--state-dir` to find this monitor. */
export function keepRegistered(stateDir: string, log: (text: Text) => void): Registration {
  const home = usualHome();
  const isRegistered = registrationCheck(home, stateDir);
  const isUsual = usualStateDirs().includes(stateDir);
  let hidden = false;
  if (isNowhere(home)) {
    log(
      message`commands find this agent2 only with --state-dir ${sanitize(stateDir, 4_096)}: this user has no home directory`,
    );
    return {everySecond: () => undefined};
  }
  tidy();
  register();
  return {
    everySecond() {
      if (!isUsual && !isRegistered()) register();
    },
  };

  function register(): void {
    if (isUsual) return;
    try {
      registerPlace(home, stateDir);
      hidden = false;
    } catch (error) {
      if (!hidden)
        log(
          message`commands find this agent2 only with --state-dir ${sanitize(stateDir, 4_096)}: ${sanitize(join(home, REGISTRY), 4_096)} cannot be written (${fileErrorText(error)})`,
        );
      hidden = true;
    }
  }

  function tidy(): void {
    try {
      tidyRegistry(home);
    } catch (error) {
      log(
        message`${sanitize(join(home, REGISTRY), 4_096)} cannot be tidied up (${fileErrorText(error)})`,
      );
    }
  }
}
