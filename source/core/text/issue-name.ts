import type {Text} from '../model/text.ts';
import {message} from './message.ts';

/**
 * The issue of a fix record, for people. The words themselves are AgentOS's, and stay as they are in documents; of a process that
 * lives, but is suspended, AgentOS has none that fits.
 */
export function issueName({issue, cause}: {readonly issue: string; readonly cause: string}): Text {
  return (issue === NOT_ALIVE ? BY_CAUSE.get(cause) : undefined) ?? NAMES.get(issue) ?? issue;
}

const NOT_ALIVE = 'process not alive';

const BY_CAUSE: ReadonlyMap<string, Text> = new Map([
  ['suspended', message`process suspended`],
  ['zombie', message`process not reaped`],
]);

const NAMES: ReadonlyMap<string, Text> = new Map([
  [NOT_ALIVE, message`process not alive`],
  ['port not listening', message`port not listening`],
  ['health check failed', message`health check failed`],
  ['slow response', message`slow response`],
  ['manual restart', message`manual restart`],
]);
