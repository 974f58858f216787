import {resolve} from 'node:path';
import {listeningAddress, rivalry} from '../config/same-service.ts';
import type {TargetSpec} from '../config/spec.ts';
import {chooseStateDir} from '../config/state-dir.ts';
import {message} from '../core/text/message.ts';
import {render} from '../core/text/say.ts';
import type {Text} from '../core/model/text.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {knownStateDirs} from '../instances/registry.ts';
import {holderIn} from '../instances/running.ts';
import {statusIn} from '../instances/status.ts';
import {fixKind} from '../monitor/kinds.ts';
import type {MonitorSetup} from '../monitor/setup.ts';
import {homeDirectory} from '../io/home.ts';

/** Warns where a running monitor with another state directory heals the service that a new one would heal: both may be wanted for a moment. */
export function warnOfOtherHealer(
  {targets, config, stateDirOption}: Pick<MonitorSetup, 'targets' | 'config' | 'stateDirOption'>,
  err: NodeJS.WritableStream,
): void {
  const [first] = targets;
  if (!first) return;
  const place = config?.place ?? first;
  const stateDir = resolve(
    chooseStateDir(stateDirOption, place, process.env, homeDirectory()).path,
  );
  // Opening it says who has it.
  if (holderIn(stateDir)) return;
  const texts = targets.flatMap(target => otherHealers(target, stateDir));
  err.write(texts.map(text => `agent2: ${render(text)}\n`).join(''));
}

function otherHealers(target: TargetSpec, ownDir: string): readonly Text[] {
  const address = listeningAddress(target);
  const {heals} = fixKind(target.fix.use).traits;
  if (address === undefined || !heals || target.observing) return [];
  const own = {address, heals, observing: false};
  return knownStateDirs()
    .filter(dir => dir !== ownDir)
    .flatMap(stateDir => {
      const holder = holderIn(stateDir);
      const other =
        holder && statusIn(stateDir)?.targets.find(each => rivalry(own, each) === 'rivals');
      return other ? [text(target, other.name, holder.pid, stateDir)] : [];
    });
}

function text({address}: TargetSpec, name: string, pid: number, stateDir: string): Text {
  const which = `--state-dir ${typed([stateDir])}`;
  return message`agent2, pid ${pid}, already heals ${address} (as ${sanitize(name, 63)}, in ${sanitize(stateDir)}); two that heal one service take each other's restarts for crashes; use that one (agent2 status ${which}), stop it (agent2 stop ${which}), or only watch here (--observe)`;
}
