import type {ProbeDefinition} from '../contracts/probe.ts';
import {message} from '../core/text/message.ts';
import {elapsed} from '../format/elapsed.ts';
import {connect} from '../io/net/tcp.ts';
import {checkResult, timeMetric} from './shared/check-result.ts';
import {address, shortOrLong, type Address} from './shared/fields.ts';
import {say} from '../core/text/say.ts';

export interface TcpOptions {
  readonly address: Address;
}

export const definition: ProbeDefinition<TcpOptions> = {
  get summary() {
    return say`open a TCP connection`;
  },
  options(z) {
    const where = address(z, say`Where to connect, host:port`, '127.0.0.1:5432');
    return shortOrLong(z, {
      short: where,
      expand: given => ({address: given}),
      long: z.strictObject({address: where}),
      allowed: 'host:port',
      example: '127.0.0.1:5432',
    });
  },
  examples: ['127.0.0.1:5432', {address: '[::1]:6379'}],
  refuses: [{given: '127.0.0.1', says: 'expected host:port'}],
  create: ({address: {host, port}}, {name}) => ({
    kind: name,
    async inspect({signal, timeoutMs}) {
      const result = await connect({host, port, timeoutMs, signal});
      if (result.kind === 'failed')
        return checkResult(name, {
          kind: 'tcp',
          text: result.text,
          faults: [{probe: name, kind: result.fault, text: result.text}],
        });
      return checkResult(name, {
        kind: 'tcp',
        text: message`open in ${elapsed(result.connectMs)}`,
        metrics: [timeMetric(result.connectMs)],
      });
    },
  }),
};
