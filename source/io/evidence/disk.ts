import {statfs} from 'node:fs/promises';
import {message} from '../../core/text/message.ts';
import {byteText} from './byte-text.ts';
import type {Finding} from './finding.ts';

/** File systems that are full by nature: squashfs, iso9660, erofs, cramfs. */
const READ_ONLY = [0x7371_7368, 0x9660, 0xe0f5_e1e2, 0x28cd_3d45];

/** The free space on the disk that holds `path`. */
export async function diskFinding(label: string, path: string): Promise<Finding> {
  const {bsize, blocks, bavail, files, ffree, type} = await statfs(path);
  // Such as /proc.
  if (blocks === 0) return {};
  const totalBytes = bsize * blocks;
  const freeBytes = bsize * bavail;
  const noFiles = files > 0 && ffree === 0;
  const [free, total] = [byteText(freeBytes), byteText(totalBytes)];
  const text = noFiles
    ? message`${free} of ${total} free, but no free inode (${path})`
    : message`${free} of ${total} free (${path})`;
  return {
    facts: [{label, text}],
    measured: READ_ONLY.includes(type)
      ? {}
      : {disks: [{freeBytes, totalBytes, ...(files > 0 ? {freeFiles: ffree} : {})}]},
  };
}
