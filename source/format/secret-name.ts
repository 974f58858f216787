/** Matches names of headers, options, variables and fields with secret values; not `token_file`, whose value is a path. */
export const SECRET_NAME =
  /^(?!.*(?:file|path|dir|url)$).*(?:authoriz|cookie|passw(?:or)?d|passphrase|secret|token|credential|signature|session[_-]?id|(?:api|access|private|auth)[_-]?key|(?:^|[_-])(?:auth|key|pass|pwd|sid|sig)$)/i;

/** The credential alone: `Bearer abc` is `abc`. */
export function withoutScheme(value: string): string {
  return value.trim().replace(/^(?:basic|bearer|digest|token|apikey|negotiate)\s+/i, '');
}
