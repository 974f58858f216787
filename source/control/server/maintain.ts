import {message} from '../../core/text/message.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {errorText} from '../../io/error-code.ts';
import type {ControlHost} from './host.ts';
import type {AskBody} from '../../documents/control/ask.ts';
import {notRunning, refusal, reply, type Reply} from './reply.ts';

/** Archives the history, which only the monitor itself can do while it runs. */
export function maintain(host: ControlHost, body: AskBody): Reply {
  if (body.do !== 'archive')
    return refusal(
      400,
      message`'${sanitize(body.do ?? '', 40)}' is unknown; do must be archive, e.g. ${'{"do":"archive"}'}`,
    );
  const ending = notRunning(host.monitor.getSnapshot());
  if (ending) return ending;
  try {
    return reply(host, 200, host.archiveHistory());
  } catch (error) {
    return refusal(
      503,
      message`the history cannot be archived and was not changed: ${sanitizeText(errorText(error))}`,
    );
  }
}
