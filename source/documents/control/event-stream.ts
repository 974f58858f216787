/** One event of a stream of server-sent events. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Reads server-sent events from text that comes in pieces, cut anywhere. `push` returns the events that are whole with that piece;
 * undefined after more than `most` characters without an end, which is another protocol.
 */
export function eventReader(most: number): {
  push(text: string): readonly StreamEvent[] | undefined;
} {
  /** The pieces of an incomplete line: joined only at its end, since a whole state arrives in many. */
  let pieces: string[] = [];
  let pending = 0;
  let event = '';
  let data: string[] = [];
  /** The last piece ended with a carriage return: a line feed at the start of the next one belongs to it. */
  let returned = false;

  return {
    push(text) {
      const events: StreamEvent[] = [];
      let from = returned && text.startsWith('\n') ? 1 : 0;
      if (text !== '') returned = text.endsWith('\r');
      for (const {index, 0: end} of text.matchAll(/\r\n|\n|\r/g)) {
        if (index < from) continue;
        const found = line([...pieces, text.slice(from, index)].join(''));
        if (found) events.push(found);
        pieces = [];
        from = index + end.length;
      }
      if (from < text.length) pieces.push(text.slice(from));
      pending = from > 0 ? text.length - from : pending + text.length;
      return pending + data.reduce((sum, part) => sum + part.length, 0) > most ? undefined : events;
    },
  };

  /** An empty line ends an event; one that begins with a colon is a comment. */
  function line(text: string): StreamEvent | undefined {
    if (text === '') return finished();
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (field === 'event') event = value ?? '';
    if (field === 'data') data.push(value ?? '');
    return undefined;
  }

  function finished(): StreamEvent | undefined {
    const found = data.length > 0 ? {event: event || 'message', data: data.join('\n')} : undefined;
    event = '';
    data = [];
    return found;
  }
}
