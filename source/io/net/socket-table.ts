/** A listening TCP socket of this machine. */
export interface ListeningSocket {
  readonly port: number;
  readonly address: string;
  readonly inode: string;
  readonly uid: number;
}

/** The sockets that listen, on one of `ports` if given, from lines of `/proc/net/tcp` or `tcp6`. */
export function parseSocketTable(
  lines: readonly string[],
  ports?: ReadonlySet<number>,
): readonly ListeningSocket[] {
  return lines.flatMap(line => {
    if (stateOf(line) !== LISTEN) return [];
    const [, local = '', , , , , , uid, , inode] = line.trim().split(/\s+/);
    const [address = '', hexPort = ''] = local.split(':');
    const port = Number.parseInt(hexPort, 16);
    return inode !== undefined && (ports?.has(port) ?? true)
      ? [{port, address: addressOf(address), inode, uid: Number(uid)}]
      : [];
  });
}

/** One side of a TCP connection, or a listening socket, on one port of this machine. */
export interface SocketRow {
  readonly listens: boolean;
  readonly address: string;
  readonly peer: {readonly address: string; readonly port: number};
  /** Connections to accept for a socket that listens, else bytes to read. */
  readonly queued: number;
  /** `0` for a connection that nobody accepted yet. */
  readonly inode: string;
}

/** The sockets bound to `port` that listen, or whose peer may still send or has just closed, from lines of `/proc/net/tcp` or `tcp6`. */
export function parseSocketRows(lines: readonly string[], port: number): readonly SocketRow[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return lines.flatMap(line => {
    // Thousands of lines may be about other ports.
    if (!line.includes(suffix)) return [];
    const state = stateOf(line);
    const [, local = '', remote = '', , queues = '', , , , , inode] = line.trim().split(/\s+/);
    const [address = '', localPort = ''] = local.split(':');
    const [peer = '', peerPort = ''] = remote.split(':');
    if (Number.parseInt(localPort, 16) !== port || inode === undefined) return [];
    if (state !== LISTEN && state !== ESTABLISHED && state !== CLOSE_WAIT) return [];
    return [
      {
        listens: state === LISTEN,
        address: addressOf(address),
        peer: {address: addressOf(peer), port: Number.parseInt(peerPort, 16)},
        queued: Number.parseInt(queues.split(':')[1] ?? '', 16),
        inode,
      },
    ];
  });
}

/** Whether a line describes a socket that does not listen. */
export function isConnection(line: string): boolean {
  const state = stateOf(line);
  return state !== undefined && state !== LISTEN;
}

const ESTABLISHED = '01';
const CLOSE_WAIT = '08';
const LISTEN = '0A';

/** `   0: 0100007F:1F90 00000000:0000 0A …`; undefined for any other line. */
function stateOf(line: string): string | undefined {
  return /^\s*\d+: [\dA-F]+:[\dA-F]{4} [\dA-F]+:[\dA-F]{4} ([\dA-F]{2}) /.exec(line)?.[1];
}

/** The kernel prints addresses as 32-bit words in the machine's byte order, which is little-endian on all of node's platforms but s390x. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length % 4 === 0 && new Uint8Array(new Uint32Array([1]).buffer)[0] === 1)
    bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.subarray(0, 10).every(byte => byte === 0) && bytes.readUInt16BE(10) === 0xffff)
    return bytes.subarray(12).join('.');
  const words = Array.from({length: 8}, (_, index) =>
    bytes.readUInt16BE(index * 2).toString(16),
  ).join(':');
  return words.replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}
