import type {Failure, Fault} from '../../core/model/fault.ts';
import type {Text} from '../../core/model/text.ts';
import type {ProbeResult, ProcessReading} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';

/** The fault that a process reading means. An unknown state is no fault: it says nothing about the service. */
export function resultOf(
  reading: ProcessReading,
  {
    pidFile,
    remark,
    distrust,
  }: {readonly pidFile?: string; readonly remark?: Text; readonly distrust?: Text},
): ProbeResult {
  const readings = {process: reading};
  const fault = faultOf(reading, pidFile);
  if (fault)
    return {
      readings,
      faults: [fault],
      ...withWarnings(distrust === undefined ? [] : [invalid(distrust)]),
    };
  const warnings = warningsOf(reading, distrust);
  const note =
    reading.state === 'unknown' && distrust === undefined
      ? message`process unknown: ${reading.reason}`
      : remark;
  return {
    readings,
    faults: [],
    ...withWarnings(warnings),
    ...(note === undefined ? {} : {notes: [note]}),
  };
}

function faultOf(reading: ProcessReading, pidFile: string | undefined): Failure | undefined {
  const probe = 'process';
  switch (reading.state) {
    case 'gone':
      if (reading.pidFile === 'missing' && reading.pid === undefined)
        return {
          probe,
          kind: 'pid_file_missing',
          text: message`pid file ${String(pidFile)} is missing`,
        };
      return {probe, kind: 'process_gone', pid: reading.pid, text: goneText(reading, pidFile)};
    case 'zombie':
      return {
        probe,
        kind: 'process_zombie',
        pid: reading.identity.pid,
        text: message`process ${reading.identity.pid} is dead, but its parent has not reaped it (zombie)`,
      };
    case 'stopped':
      return {
        probe,
        kind: 'process_stopped',
        pid: reading.identity.pid,
        traced: false,
        text: message`process ${reading.identity.pid} is suspended (SIGSTOP)`,
      };
    case 'mismatch':
      return {
        probe,
        kind: 'process_mismatch',
        pid: reading.identity.pid,
        text: mismatchText(reading.identity.pid, reading.command, reading.wanted),
      };
    case 'alive':
    case 'traced':
    case 'unknown':
      return undefined;
  }
}

function mismatchText(pid: number, command: string, wanted: string): Text {
  return message`process ${pid} is "${command}", expected a name with "${wanted}"`;
}

function goneText(
  {pid, pidFile: file, exit, log, startFailure}: Extract<ProcessReading, {state: 'gone'}>,
  pidFile: string | undefined,
): Text {
  const who = pid === undefined ? message`the process` : message`process ${pid}`;
  if (startFailure !== undefined) return startFailure;
  if (exit !== undefined)
    return log === undefined
      ? message`${who} ended with ${exit}`
      : message`${who} ended with ${exit}; its output is in ${log}`;
  if (file === 'left')
    return message`${who} is gone, its pid file ${String(pidFile)} was left behind`;
  if (file === 'missing')
    return message`${who} is gone, and its pid file ${String(pidFile)} names none`;
  return message`${who} is gone`;
}

function withWarnings(warnings: readonly Fault[]): Pick<ProbeResult, 'warnings'> {
  return warnings.length > 0 ? {warnings} : {};
}

function invalid(text: Text): Fault {
  return {probe: 'process', kind: 'pid_file_invalid', text};
}

/** Neither is a reason to restart: a person holds the process on purpose, or its identity is unknown. */
function warningsOf(reading: ProcessReading, distrust: Text | undefined): readonly Fault[] {
  const probe = 'process';
  return [
    ...(distrust === undefined ? [] : [invalid(distrust)]),
    ...('unnamed' in reading && reading.unnamed !== undefined
      ? [
          {
            probe,
            kind: 'process_mismatch',
            pid: reading.identity.pid,
            text: mismatchText(reading.identity.pid, reading.command, reading.unnamed),
          } as const,
        ]
      : []),
    ...(reading.state === 'traced'
      ? [
          {
            probe,
            kind: 'process_stopped',
            pid: reading.identity.pid,
            traced: true,
            text: message`a debugger holds process ${reading.identity.pid}`,
          } as const,
        ]
      : []),
  ];
}
