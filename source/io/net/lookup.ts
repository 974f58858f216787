import {promises, type LookupAddress, type LookupOptions} from 'node:dns';
import type {LookupFunction} from 'node:net';

/**
 * The resolver of the system runs on few threads of node, and a name server that never answers holds one for half a minute: libuv lets two of its
 * four threads do such work, so two slow names would hold up the names of all other targets.
 */
const SLOTS = 2;
/** A name that gets no thread within this time is looked up without one. */
const PATIENCE_MS = 200;
const KEPT = 1_000;

export interface Resolvers {
  /** The resolver of the system, which knows `/etc/hosts` and all else that is configured. */
  system(name: string): Promise<readonly LookupAddress[]>;
  /** Asks the name servers alone, without a thread. */
  servers(name: string): Promise<readonly LookupAddress[]>;
}

/** For `net.connect` and `tls.connect`: asks once at a time for each name, and lets no slow name delay another. */
export const lookupName: LookupFunction = createLookup({
  system: name => promises.lookup(name, {all: true}),
  servers: askServers,
});

export function createLookup({system, servers}: Resolvers): LookupFunction {
  const underWay = new Map<string, Promise<readonly LookupAddress[]>>();
  /** The last answers of the system, the oldest name first. */
  const known = new Map<string, readonly LookupAddress[]>();
  const waiting = new Set<() => void>();
  let free = SLOTS;

  return (name, options, callback) => {
    (underWay.get(name) ?? begin(name)).then(
      addresses => answer(addresses, name, options, callback),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };

  function begin(name: string): Promise<readonly LookupAddress[]> {
    const asked = resolve(name).finally(() => underWay.delete(name));
    underWay.set(name, asked);
    return asked;
  }

  async function resolve(name: string): Promise<readonly LookupAddress[]> {
    if (!(await takeSlot())) return known.get(name) ?? servers(name);
    try {
      const addresses = await system(name);
      known.delete(name);
      known.set(name, addresses);
      for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
      return addresses;
    } finally {
      free++;
      for (const next of waiting) {
        next();
        break;
      }
    }
  }

  /** False when none was free for a while. */
  function takeSlot(): Promise<boolean> {
    if (free > 0) {
      free--;
      return Promise.resolve(true);
    }
    return new Promise(settle => {
      const end = (taken: boolean) => {
        clearTimeout(timer);
        waiting.delete(take);
        if (taken) free--;
        settle(taken);
      };
      const take = () => end(true);
      const timer = setTimeout(() => end(false), PATIENCE_MS);
      waiting.add(take);
    });
  }
}

function answer(
  addresses: readonly LookupAddress[],
  name: string,
  {all, family}: LookupOptions,
  callback: Parameters<LookupFunction>[2],
): void {
  const wanted = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
  const fitting = addresses.filter(address => !wanted || address.family === wanted);
  const [first] = fitting;
  if (!first) callback(notFound(name), '');
  else if (all) callback(null, [...fitting]);
  else callback(null, first.address, first.family);
}

function notFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
    hostname: name,
  });
}

async function askServers(name: string): Promise<readonly LookupAddress[]> {
  if (/^(?:.*\.)?localhost\.?$/i.test(name))
    return [
      {address: '127.0.0.1', family: 4},
      {address: '::1', family: 6},
    ];
  const resolver = new promises.Resolver({timeout: 2_000, tries: 2});
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = found.flatMap((result, index) =>
    result.status === 'fulfilled'
      ? result.value.map(address => ({address, family: index === 0 ? 4 : 6}))
      : [],
  );
  if (addresses.length === 0) throw notFound(name);
  return addresses;
}
