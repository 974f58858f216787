import {join} from 'node:path';
import type {Remark} from '../contracts/examination.ts';
import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import {accessFacts, nearestExisting} from '../io/files/access-facts.ts';
import {describeProcess} from '../io/process/processes.ts';
import type {Examination, Place, Scene} from './shared/scene.ts';

/** May this user, and no other, read and write the files of the monitor? */
export const definition: Examination = {
  order: 30,
  about: 'monitor',
  what: () => say`permissions`,
  finds: 'who may read and write state directory, log, status and pid file',
  async examine(place, scene) {
    const remarks = [
      directory(place, scene),
      ...['agent2.log', 'agent2_status.json', 'agent2.pid'].flatMap(name =>
        file(join(place.stateDir, name), name, place),
      ),
    ].flat();
    return remarks.some(({level}) => level !== 'ok')
      ? remarks.filter(({level}) => level !== 'ok')
      : remarks.slice(0, 1);
  },
};

function directory({stateDir, monitor}: Place, {machine: {uid}}: Scene): Remark[] {
  const path = typed([stateDir]);
  const facts = accessFacts(stateDir);
  if (facts.kind === 'hidden')
    return [
      {
        id: 'state_dir_hidden',
        level: 'fail',
        seen: say`this user may not read ${stateDir} (${facts.code})`,
        next: `sudo ls -ld ${path}`,
      },
    ];
  if (facts.kind === 'missing') {
    const above = nearestExisting(stateDir);
    const parent = accessFacts(above);
    if (parent.kind === 'there' && parent.directory && parent.writable)
      return [
        {id: 'state_dir_missing', level: 'ok', seen: say`the first start creates ${stateDir}`},
      ];
    return [
      {
        id: 'state_dir_unwritable',
        level: 'fail',
        seen: say`${stateDir} is missing, and this user may not write ${above}`,
        next: `sudo install -d -o "$(id -un)" ${path}`,
      },
    ];
  }
  if (!facts.directory)
    return [
      {
        id: 'state_dir_no_directory',
        level: 'fail',
        seen: say`${stateDir} is not a directory`,
        next: `mv ${path} ${path}.old`,
      },
    ];
  if (facts.mode & OTHERS_WRITE && !(facts.mode & STICKY))
    return [
      {
        id: 'state_dir_open',
        level: 'warn',
        seen: say`everybody may write in ${stateDir}: anybody could cause restarts`,
        next: `chmod 755 ${path}`,
      },
    ];
  // The monitor's right to write matters, and its user may be another.
  const owner = monitor && describeProcess(monitor.pid)?.uid;
  if (owner !== undefined && uid !== 0 && owner !== uid)
    return [
      {
        id: 'state_dir_other_user',
        level: 'ok',
        seen: say`the monitor runs as user ${owner}; some commands need that user`,
      },
    ];
  if (!facts.writable || !facts.executable)
    return [
      {
        id: 'state_dir_unwritable',
        level: 'fail',
        seen: say`${stateDir} (mode ${facts.mode.toString(8)}, of user ${facts.uid}) is not writable for this user`,
        next: `sudo chown -R "$(id -un)" ${path}`,
      },
    ];
  return [{id: 'state_dir', level: 'ok', seen: say`${stateDir} is writable`}];
}

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

function file(path: string, name: string, {monitor}: Place): Remark[] {
  const facts = accessFacts(path);
  if (facts.kind !== 'there') return [];
  if (!facts.file)
    return [
      {
        id: 'file_wrong_kind',
        level: 'fail',
        seen: say`${name} is not a regular file`,
        next: `ls -ld ${typed([path])}`,
      },
    ];
  if (facts.mode & OTHERS_WRITE)
    return [
      {
        id: 'file_open',
        level: 'warn',
        seen: say`everybody may write ${name} (mode ${facts.mode.toString(8)})`,
        next: `chmod o-w ${typed([path])}`,
      },
    ];
  if (name === 'agent2.log' && !facts.writable && !monitor)
    return [
      {
        id: 'log_unwritable',
        level: 'fail',
        seen: say`${name} (of user ${facts.uid}) is not writable for this user`,
        next: `sudo chown "$(id -un)" ${typed([path])}`,
      },
    ];
  return [];
}
