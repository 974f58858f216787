import type {FixRequest} from '../../core/model/effect.ts';
import type {Readings} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {stat} from 'node:fs/promises';
import {saidSince, type Since} from './log-marks.ts';
import {lastLines} from '../logs/last-lines.ts';
import {fact, type Finding} from './finding.ts';

const LOG_LINES = 20;
const LOG_BYTES = 16_384;
const RESPONSE_BYTES = 8_192;

/** The service's answer in the failed check; an older answer does not explain the problem. */
export function responseFinding({faults}: FixRequest, {api}: Readings): Finding {
  if (!api?.excerpt || (faults.length > 0 && !faults.some(({probe}) => probe === 'api'))) return {};
  return {
    texts: [{label: 'response', text: api.excerpt, keep: 'start', maxBytes: RESPONSE_BYTES}],
    measured: {said: [api.excerpt]},
  };
}

/** The end of the service's log, or why there is none. */
export async function logFinding(path: string, since?: Since): Promise<Finding> {
  const lines = await lastLines(path, LOG_LINES);
  if (lines.kind === 'unreadable') return fact('log', lines.reason);
  const {text} = lines;
  if (text === '') return fact('log', message`it is empty`);
  return {
    texts: [{label: 'log', text, keep: 'end', maxBytes: LOG_BYTES}],
    measured: {said: [since === undefined ? text : await freshOf(path, text, since)]},
  };
}

/** Right after a rotation the end of the log is in its older part. */
async function freshOf(path: string, text: string, since: Since): Promise<string> {
  const {size, mtimeMs} = await stat(path);
  return saidSince(text, {size, changedAt: mtimeMs}, since);
}
