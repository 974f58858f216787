import type {LookupAddress} from 'node:dns';
import {createServer, type AddressInfo, type LookupFunction} from 'node:net';
import {expect, test} from 'vitest';
import {connect} from '../../../source/io/net/tcp.ts';
import {createLookup} from '../../../source/io/net/lookup.ts';
import {onCleanup} from '../../helpers/cleanup.ts';

const four = {address: '192.0.2.4', family: 4} as const;
const six = {address: '2001:db8::6', family: 6} as const;

function asked(
  lookup: LookupFunction,
  name: string,
  family = 0,
): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) =>
    lookup(name, {all: true, family}, (error, addresses) =>
      error ? reject(error) : resolve(addresses as LookupAddress[]),
    ),
  );
}

test('names that are never answered hold up no other name, and are asked once at a time', async () => {
  const names: string[] = [];
  const lookup = createLookup({
    system(name) {
      names.push(name);
      return name.startsWith('slow') ? new Promise(() => {}) : Promise.resolve([four]);
    },
    servers: async () => [six],
  });
  expect(await asked(lookup, 'known.test')).toEqual([four]);
  for (const name of ['slow-1.test', 'slow-2.test', 'slow-1.test', 'slow-1.test'])
    void asked(lookup, name);
  const [first, known] = await Promise.all([
    asked(lookup, 'new.test'),
    asked(lookup, 'known.test'),
  ]);
  expect([first, known]).toEqual([[six], [four]]);
  expect(names).toEqual(['known.test', 'slow-1.test', 'slow-2.test']);
});

test('many quick names wait for a thread and are all answered by the system', async () => {
  const lookup = createLookup({
    system: name => new Promise(resolve => setImmediate(() => resolve([{...four, address: name}]))),
    servers: () => Promise.reject(new Error('not asked')),
  });
  const names = Array.from({length: 50}, (_, index) => `name-${index}.test`);
  const found = await Promise.all(names.map(name => asked(lookup, name)));
  expect(found.flat().map(({address}) => address)).toEqual(names);
});

test('only addresses of the wanted family count, and a name without one is not found', async () => {
  const lookup = createLookup({system: async () => [four], servers: async () => []});
  expect(await asked(lookup, 'a.test', 4)).toEqual([four]);
  await expect(asked(lookup, 'a.test', 6)).rejects.toMatchObject({code: 'ENOTFOUND'});
});

test('a connection to a name is made', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await new Promise(resolve => server.once('listening', resolve));
  const {port} = server.address() as AddressInfo;
  expect(await connect({host: 'localhost', port, timeoutMs: 5_000})).toMatchObject({kind: 'open'});
});
