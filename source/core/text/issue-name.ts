import type {Text} from '../model/text.ts';
import {message} from './message.ts';

/** The issue of a fix record on a screen. The words themselves are AgentOS's, and stay as they are in documents. */
export function issueName(issue: string): Text {
  return NAMES.get(issue) ?? issue;
}

const NAMES: ReadonlyMap<string, Text> = new Map([
  ['process not alive', message`process not alive`],
  ['port not listening', message`port not listening`],
  ['health check failed', message`health check failed`],
  ['slow response', message`slow response`],
  ['manual restart', message`manual restart`],
]);
