import {join, resolve} from 'node:path';
import {version} from 'agent2:version';
import {EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {recordingWriter} from '../documents/recording.ts';
import {sanitize} from '../format/sanitize.ts';
import {openRecorder, whyNotRecordable, type Recorder} from '../io/state-dir/recorder.ts';
import type {Report} from './problems.ts';

/** The file of a recording without a name from the user. */
export const RECORDING_FILE = 'record.jsonl';

/** Opens the recording for the value of `--record`; undefined without it. Throws a `UsageError` when the file cannot be written. */
export function recorderFor(
  option: string | true | undefined,
  stateDir: string,
  secrets: readonly string[],
  report: Report,
): Recorder | undefined {
  if (option === undefined) return undefined;
  if (option === '')
    throw new UsageError(
      message`--record has an empty file name; name a file, e.g. --record web.jsonl, or leave the name out`,
    );
  if (option !== true && /^(?:https?:\/\/|(?:http\+)?unix:)/.test(option))
    throw new UsageError(
      message`--record used the url as its file name; name a file, or put --record last, e.g. agent2 run ${sanitize(option.replace(/[?#].*$/s, ''), 100)} --record`,
    );
  const path = option === true ? join(stateDir, RECORDING_FILE) : resolve(option);
  const problem = whyNotRecordable(path);
  if (problem !== undefined)
    throw new UsageError(
      message`--record ${sanitize(path)}: it cannot be written (${problem}); choose another file, e.g. --record web.jsonl`,
      EXIT.failed,
    );
  return openRecorder(path, recordingWriter(version, secrets), report);
}
