import {readFile} from 'node:fs/promises';
import {freemem, networkInterfaces, totalmem} from 'node:os';
import {joined, message} from '../../core/text/message.ts';
import type {Text} from '../../core/model/text.ts';
import {byteText} from './byte-text.ts';
import type {Finding} from './finding.ts';

/** What all services of this machine share, besides its disks: memory, pressure (Linux), network. */
export async function machineFinding(proc = '/proc'): Promise<Finding> {
  const [memory, pressure, network] = await Promise.all([
    memoryText(proc),
    pressureText(proc),
    networkText(proc),
  ]);
  return {
    facts: [
      {label: 'memory of the machine', text: memory},
      ...(pressure === undefined ? [] : [{label: 'pressure', text: pressure}]),
      {label: 'network', text: network},
    ],
  };
}

async function memoryText(proc: string): Promise<Text> {
  const file = await read(`${proc}/meminfo`);
  const available = kibibytes(file, 'MemAvailable') ?? freemem();
  const total = kibibytes(file, 'MemTotal') ?? totalmem();
  return message`${byteText(available)} of ${byteText(total)} available`;
}

function kibibytes(meminfo: string | undefined, name: string): number | undefined {
  const found = meminfo && new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(meminfo)?.[1];
  return found ? Number(found) * 1024 : undefined;
}

/** The share of the last ten seconds in which some task waited for it; undefined where the kernel does not measure that. */
async function pressureText(proc: string): Promise<Text | undefined> {
  const shares = await Promise.all(
    ['cpu', 'memory', 'io'].map(async name => {
      const share = /^some avg10=([\d.]+)/.exec(
        (await read(`${proc}/pressure/${name}`)) ?? '',
      )?.[1];
      return share === undefined ? undefined : message`${name} ${Math.round(Number(share))} %`;
    }),
  );
  const known = shares.filter(share => share !== undefined);
  return known.length === 0 ? undefined : message`${joined(known, ', ')} of the last 10 s`;
}

async function networkText(proc: string): Promise<Text> {
  const up = Object.entries(networkInterfaces())
    .filter(([, addresses = []]) => addresses.some(({internal}) => !internal))
    .map(([name]) => name);
  if (up.length === 0) return message`no interface but loopback has an address`;
  const routes = await read(`${proc}/net/route`);
  const names = up.slice(0, 4).join(', ');
  return routes === undefined || /^\S+\t00000000\t/m.test(routes)
    ? names
    : message`${names}, without a default route`;
}

/** Undefined where the system has no such file. */
async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
