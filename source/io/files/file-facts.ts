import type {Text} from '../../core/model/text.ts';
import {stat, statfs} from 'node:fs/promises';
import {message} from '../../core/text/message.ts';
import {errorCode} from '../error-code.ts';
import {singleFlight} from './single-flight.ts';

type Unseen =
  | {readonly kind: 'missing'}
  /** The system call failed or hangs. `text` is a sentence. */
  | {readonly kind: 'unknown'; readonly text: Text};

export type FileFacts =
  Unseen | {readonly kind: 'there'; readonly bytes: number; readonly ageMs: number};
export type DiskFacts =
  | Unseen
  | {
      readonly kind: 'there';
      readonly totalBytes: number;
      readonly usedBytes: number;
      readonly freeBytes: number;
    };

export interface AnswerLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Size and age (since the last write) of a path; follows links. Rejects only with the reason of `signal`. */
export function readFileFacts(path: string, limits: AnswerLimits): Promise<FileFacts> {
  return look(`stat ${path}`, path, limits, async () => {
    const {size, mtimeMs} = await stat(path);
    return {kind: 'there', bytes: size, ageMs: Math.max(0, Date.now() - mtimeMs)};
  });
}

/** `version` differs after every change of the file or of what its name leads to. */
export type FileChange =
  Unseen | {readonly kind: 'there'; readonly version: string; readonly changedMs: number};

/** When a path last changed, in ms ago, also where a copy kept the old time of writing. Rejects only with the reason of `signal`. */
export function readFileChange(path: string, limits: AnswerLimits): Promise<FileChange> {
  return look(`change ${path}`, path, limits, async () => {
    const {dev, ino, size, mtimeMs, ctimeMs} = await stat(path);
    return {
      kind: 'there',
      version: [dev, ino, size, mtimeMs, ctimeMs].join(' '),
      changedMs: Math.max(0, Date.now() - ctimeMs),
    };
  });
}

/** The file system of a path, counted as `df` does: free space is free for everybody; space reserved for root is neither free nor used. */
export function readDiskFacts(path: string, limits: AnswerLimits): Promise<DiskFacts> {
  return look(`statfs ${path}`, path, limits, async () => {
    const {bsize, blocks, bfree, bavail} = await statfs(path);
    const usedBytes = (blocks - bfree) * bsize;
    return {
      kind: 'there',
      totalBytes: usedBytes + bavail * bsize,
      usedBytes,
      freeBytes: bavail * bsize,
    };
  });
}

async function look<T>(
  key: string,
  path: string,
  {timeoutMs, signal}: AnswerLimits,
  run: () => Promise<T>,
): Promise<T | Unseen> {
  try {
    return (
      (await singleFlight(key, run, timeoutMs, signal)) ?? {
        kind: 'unknown',
        text: message`the system did not answer about ${path} in time; does its disk or server respond?`,
      }
    );
  } catch (error) {
    signal?.throwIfAborted();
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return {kind: 'missing'};
    if (code !== undefined)
      return {kind: 'unknown', text: message`${path} cannot be read (${code})`};
    throw error;
  }
}
