export {errorText} from '../format/error-text.ts';

/** The `code` of a system error (`ENOENT`, `EPERM` …); undefined without one. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as {code?: unknown} | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
