import {unixAddressOf, withPath} from '../../format/unix-url.ts';
import {exchange} from './http.ts';
import type {TlsClient} from './tls-client.ts';

const USUAL_PATHS = [
  '/api/health',
  '/health',
  '/healthz',
  '/api/healthz',
  '/readyz',
  '/livez',
  '/ping',
  '/status',
  '/',
];
const LIMIT_MS = 1_000;

/** The first of the usual health paths, beside that of the url, that answers with 200. */
export async function pathThatAnswers(
  url: URL,
  tls: TlsClient | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const asked = unixAddressOf(url)?.path ?? url.pathname;
  const paths = USUAL_PATHS.filter(path => path !== asked);
  const answers = await Promise.all(
    paths.map(path =>
      exchange({
        url: withPath(url, path),
        tls,
        timeoutMs: LIMIT_MS,
        maxBodyBytes: 1_024,
        signal,
      }),
    ),
  );
  return paths.find((_, index) => {
    const answer = answers[index];
    return answer?.kind === 'answer' && answer.status === 200;
  });
}
