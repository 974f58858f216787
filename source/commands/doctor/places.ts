import {all as fixes} from 'agent2:fixes';
import {join} from 'node:path';
import {targetFrom} from '../../config/options/target.ts';
import {say, render} from '../../core/text/say.ts';
import {typed} from '../../format/shell-words.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {Place} from '../../doctor/shared/scene.ts';
import {readStatusFile} from '../../doctor/shared/status-file.ts';
import {readBounded} from '../../io/files/bounded-file.ts';
import {holderIn} from '../../instances/running.ts';
import {agentos} from '../../config/spec.ts';
import {homeDirectory} from '../../io/home.ts';

/** Reads a state directory. `which` and `startWords` are those of `Place`; without `startWords` it derives them from the last status. */
export function placeAt(
  stateDir: string,
  {which = '', startWords}: {readonly which?: string; readonly startWords?: string} = {},
): Place {
  const status = readStatusFile(join(stateDir, 'agent2_status.json'));
  return {
    stateDir,
    which,
    startWords: startWords ?? wordsFrom(stateDir, status),
    pidFile: pidFileIn(stateDir),
    monitor: holderIn(stateDir),
    status,
  };
}

/** Whether a monitor runs there. */
export function isAlive({monitor}: Place): boolean {
  return monitor !== undefined;
}

/** Whether a monitor ended there without cleaning up: its pid file is left, or its status is damaged or does not say `stopped`. */
export function isLeftOver({monitor, pidFile, status}: Place): boolean {
  if (monitor) return false;
  return (
    pidFile.kind !== 'none' ||
    status.kind === 'corrupt' ||
    (status.kind === 'read' && status.phase !== undefined && status.phase !== 'stopped')
  );
}

function pidFileIn(stateDir: string): Place['pidFile'] {
  const file = readBounded(join(stateDir, 'agent2.pid'), 64);
  if (file.kind === 'missing') return {kind: 'none'};
  if (file.kind === 'refused') return {kind: 'wrong', reason: render(file.reason)};
  const text = file.bytes.toString('latin1').trim();
  if (/^[1-9]\d{0,9}$/.test(text)) return {kind: 'pid', pid: Number(text)};
  return {
    kind: 'wrong',
    reason: text === '' ? say`is empty` : say`holds no pid (${sanitize(text, 20)})`,
  };
}

function wordsFrom(stateDir: string, status: Place['status']): string {
  if (stateDir === join(homeDirectory(), agentos.stateDir) || status.kind !== 'read') return '';
  if (status.config !== undefined) return `--config ${typed([status.config])}`;
  const {address = '', name = '', fix} = status.targets[0] ?? {};
  if (!/^(?:https?|unix):/.test(address) || !URL.canParse(address)) return '';
  // The name also decides the state directory.
  const words =
    targetFrom(address, {}, undefined, homeDirectory()).name === name
      ? [address]
      : [address, '--name', name];
  return [typed(words), ...healedBy(fix)].join(' ');
}

/** The option of a fix, with placeholders for the user to fill in: the status contains only its kind. Not `-- CMD`, which would have to come last. */
function healedBy(use: string | undefined): readonly string[] {
  const definition = use === undefined ? undefined : fixes[use];
  return definition?.option === undefined || definition.traits.ownsProcess
    ? []
    : [definition.option];
}
