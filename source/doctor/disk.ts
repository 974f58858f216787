import {say, render} from '../core/text/say.ts';
import {formatBytes} from '../format/bytes.ts';
import {typed} from '../format/shell-words.ts';
import {nearestExisting} from '../io/files/access-facts.ts';
import type {Examination} from './shared/scene.ts';

/** Is there room for status, log and history? */
export const definition: Examination = {
  order: 40,
  about: 'monitor',
  what: () => say`disk`,
  finds: 'full, nearly full',
  async examine({stateDir}, {machine}, signal) {
    const place = nearestExisting(stateDir);
    const facts = await machine.disk(place, signal);
    if (facts.kind === 'missing') return [];
    if (facts.kind === 'unknown')
      return [
        {
          id: 'disk_unknown',
          level: 'warn',
          seen: render(facts.text),
          next: `df -h ${typed([place])}`,
        },
      ];
    const {freeBytes, totalBytes} = facts;
    const share = totalBytes === 0 ? 1 : freeBytes / totalBytes;
    const room = say`${formatBytes(freeBytes)} of ${formatBytes(totalBytes)} free`;
    const next = `df -h ${typed([place])} && du -xsh ${typed([`${place}/*`])}`.replace(
      /'([^']*\/)\*'/,
      '$1*',
    );
    // A file system without sizes (overlay of a container, /proc) cannot be full.
    if (totalBytes > 0 && freeBytes < FULL_BYTES)
      return [
        {
          id: 'disk_full',
          level: 'fail',
          seen: say`full: ${room} for ${stateDir}; status and log cannot be written`,
          next,
        },
      ];
    if (share < NEARLY && freeBytes < PLENTY_BYTES)
      return [
        {id: 'disk_low', level: 'warn', seen: say`nearly full: ${room} for ${stateDir}`, next},
      ];
    return [{id: 'disk', level: 'ok', seen: room}];
  },
};

const FULL_BYTES = 1_048_576;
const PLENTY_BYTES = 1_073_741_824;
const NEARLY = 0.05;
