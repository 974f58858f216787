import {causeNames} from '../core/causes.ts';
import type {FixRecord} from '../core/model/repair.ts';
import type {MonitoredFix, StatusReading} from './monitor-status.ts';

const MOST_FIXES = 50;
const RESULTS = ['signal_created', 'warning_logged', 'success', 'failed'] as const;

/** A target's fixes in the status file of an earlier run, oldest first; AgentOS's own file has only one target. */
export function rememberedFixes(reading: StatusReading, target: string): readonly FixRecord[] {
  return fixesIn(reading, target).flatMap(recordOf).slice(-MOST_FIXES);
}

function fixesIn(reading: StatusReading, target: string): readonly MonitoredFix[] {
  switch (reading.kind) {
    case 'read':
      return reading.status.targets.find(({name}) => name === target)?.fixes ?? [];
    case 'agentos':
      return reading.fixes;
    case 'damaged':
      return [];
  }
}

function recordOf({
  at,
  issue,
  action,
  result: word,
  cause,
  healthyAfterMs,
  detail,
}: MonitoredFix): readonly FixRecord[] {
  const result = RESULTS.find(known => known === word);
  if (!result || issue === '' || action === '') return [];
  return [
    {
      at,
      issue,
      action,
      result,
      cause: causeNames.find(known => known === cause) ?? 'manual',
      ...(healthyAfterMs === undefined ? {} : {healthyAfterMs}),
      ...(detail === undefined ? {} : {detail}),
    },
  ];
}
