import {z} from 'zod';
import type {AlertDefinition, AlertMessage} from '../../source/contracts/alert.ts';

const MESSAGE: AlertMessage = {
  id: 'web-1-down',
  at: 1_700_000_000_000,
  level: 'error',
  target: 'web',
  title: 'web is down: nothing listens on port 3000',
};

/** What is wrong with an alert, each in a sentence. Nobody is reached: what it sends is aborted before it begins. */
export async function breaches<Options>(alert: AlertDefinition<Options>): Promise<string[]> {
  return [
    ...summaryBreaches(alert),
    ...exampleBreaches(alert),
    ...refusalBreaches(alert),
    ...(await sendBreaches(alert)),
  ];
}

function summaryBreaches({summary}: {readonly summary: string}): string[] {
  return /^[a-z][^\n]{10,80}[^.]$/.test(summary)
    ? []
    : ['summary has to say in one line what it does, in small letters and without a full stop'];
}

function exampleBreaches<Options>({examples, options}: AlertDefinition<Options>): string[] {
  if (examples.length === 0) return ['examples is empty: name at least one'];
  return examples.flatMap(example => {
    const wrong = options(z).safeParse(example).error?.issues[0]?.message;
    return wrong === undefined ? [] : [`example ${JSON.stringify(example)} is refused: ${wrong}`];
  });
}

function refusalBreaches<Options>({refuses, options}: AlertDefinition<Options>): string[] {
  if (refuses.length === 0) return ['refuses is empty: name the mistake that is made most'];
  return refuses.flatMap(({given, says}) => {
    const said = options(z).safeParse(given).error?.issues[0]?.message;
    if (said === undefined) return [`${JSON.stringify(given)} is not refused`];
    return said.includes(says)
      ? []
      : [`${JSON.stringify(given)} is refused by '${said}', which does not say '${says}'`];
  });
}

async function sendBreaches<Options>({
  examples,
  options,
  send,
}: AlertDefinition<Options>): Promise<string[]> {
  const parsed = options(z).safeParse(examples[0]);
  if (!parsed.success) return [];
  const signal = AbortSignal.abort(new Error('nobody waits'));
  const ended = await Promise.race([
    send(MESSAGE, parsed.data, {signal, timeoutMs: 0}).then(
      ({kind}) => (kind === 'delivered' ? 'says that it delivered' : undefined),
      () => undefined,
    ),
    new Promise<string>(resolve => setTimeout(() => resolve('goes on'), 1_000).unref()),
  ]);
  return ended === undefined ? [] : [`send ${ended} when its signal is aborted already`];
}
