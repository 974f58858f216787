import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from './sanitize.ts';

export type UnitName =
  | {readonly kind: 'unit'; readonly name: string}
  /** `reason` says what is wrong and what is allowed. */
  | {readonly kind: 'invalid'; readonly reason: Text};

/** The characters that systemd allows in a unit name; a pattern (`web*`) is no name. */
const NAME = /^[A-Za-z0-9:_.\\@-]{1,255}$/;
const SUFFIX = /\.(service|socket|target|timer|path|mount|automount|swap|slice|scope|device)$/;

/** The full name of a systemd unit: `web` is `web.service`. */
export function unitName(text: string): UnitName {
  const name = SUFFIX.test(text) ? text : `${text}.service`;
  if (!NAME.test(name) || /^($|[.-])/.test(text)) {
    return invalid(
      message`'${sanitize(text, 80)}' is not the name of a unit; allowed: letters, digits and : _ . @ \\ -, e.g. web or web.service`,
    );
  }
  if (/@\.[a-z]+$/.test(name))
    return invalid(
      message`'${sanitize(text, 80)}' is a template; name one of its instances, e.g. ${name.replace('@.', '@1.')}`,
    );
  return {kind: 'unit', name};
}

function invalid(reason: Text): UnitName {
  return {kind: 'invalid', reason};
}
