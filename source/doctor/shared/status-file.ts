import {say, render} from '../../core/text/say.ts';
import {readStatus, type MonitorStatus} from '../../documents/monitor-status.ts';
import {MOST_OF_ALL_TARGETS, readBounded} from '../../io/files/bounded-file.ts';

/** `agent2_status.json` as the doctor finds it, and when it was written. */
export type StatusReading =
  | {readonly kind: 'missing'}
  | {readonly kind: 'unreadable'; readonly reason: string}
  | {readonly kind: 'corrupt'; readonly reason: string}
  | ({readonly kind: 'read'; readonly writtenAt: number} & MonitorStatus);

export function readStatusFile(path: string): StatusReading {
  const file = readBounded(path, MOST_OF_ALL_TARGETS);
  if (file.kind === 'missing') return {kind: 'missing'};
  if (file.kind === 'refused') return {kind: 'unreadable', reason: render(file.reason)};
  const read = readStatus(file.bytes.toString('utf8'));
  switch (read.kind) {
    case 'read':
      return {kind: 'read', writtenAt: file.stats.mtimeMs, ...read.status};
    case 'agentos':
      return {kind: 'corrupt', reason: say`it has no targets, like a file of the older Agent2`};
    case 'damaged':
      return {
        kind: 'corrupt',
        reason: file.bytes.length === 0 ? say`it is empty` : say`it is not a JSON object`,
      };
  }
}
