/** A listening TCP socket of this machine. */
export interface ListeningSocket {
  readonly address: string;
  readonly inode: string;
  readonly uid: number;
}

const LISTEN = '0A';

/** The sockets that listen on `port`, from the text of `/proc/net/tcp` or `tcp6`. */
export function parseSocketTable(table: string, port: number): readonly ListeningSocket[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap(line => {
    const [, local = '', , state, , , , uid, , inode] = line.trim().split(/\s+/);
    const [address = '', hexPort] = local.split(':');
    if (state !== LISTEN || hexPort !== wanted || inode === undefined) return [];
    return [{address: addressOf(address), inode, uid: Number(uid)}];
  });
}

/** The kernel prints addresses as 32-bit words in the machine's own byte order, which is little-endian wherever node runs but on s390x. */
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
