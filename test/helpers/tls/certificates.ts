import {execFileSync, spawnSync} from 'node:child_process';
import {join} from 'node:path';

/** Paths of a key and a certificate for 127.0.0.1. */
export interface Pair {
  readonly key: string;
  readonly certificate: string;
}

export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], {stdio: 'ignore'}).status === 0;
}

/** Makes a self-signed one in `directory`, good for `days` more; below zero it is over already. Whoever is told to trust it finds nothing else wrong with it. */
export function makeCertificate(directory: string, name: string, days: number): Pair {
  const [key, request, certificate] = ['key', 'csr', 'pem'].map(kind =>
    join(directory, `${name}.${kind}`),
  ) as [string, string, string];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    key,
    '-out',
    request,
    ...subject,
  );
  openssl(
    'x509',
    '-req',
    '-in',
    request,
    '-signkey',
    key,
    '-copy_extensions',
    'copyall',
    '-days',
    String(days),
    '-out',
    certificate,
  );
  return {key, certificate};
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, {stdio: 'pipe'});
}
