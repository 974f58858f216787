import type {Text} from '../../core/model/text.ts';
import {parseJson} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';
import {shaped, type Reading} from '../reading.ts';
import {text} from '../model/text.ts';
import {count, object, objectOf, pid, record, string} from '../shape.ts';

/** Raise it with a change that attached screens of another version could not read. */
export const PROTOCOL = 2;

/** The first event of `attach`. */
export interface Hello {
  readonly version: string;
  readonly pid: number;
  readonly stateDir: string;
  /** The restart command of each target, by name. */
  readonly actions: Readonly<Record<string, Text>>;
}

/** Identifies an older or newer agent2, whatever else it sends. */
export interface OtherProtocol {
  readonly kind: 'other-protocol';
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
}

const anyProtocol = object({protocol: count, version: string, pid});

const shape = objectOf<Hello>({version: string, pid, stateDir: string, actions: record(text)});

export function helloText(hello: Hello): string {
  return JSON.stringify({protocol: PROTOCOL, ...hello});
}

export function readHello(text: string): Reading<Hello> | OtherProtocol {
  const value = parseJson(text);
  const said = shaped(value, anyProtocol);
  if (said.kind !== 'read') return said;
  const {protocol, pid} = said.value;
  const version = sanitize(said.value.version, 40);
  if (protocol !== PROTOCOL) return {kind: 'other-protocol', protocol, version, pid};
  const hello = shaped(value, shape);
  return hello.kind === 'read' ? {kind: 'read', value: {...hello.value, version}} : hello;
}
