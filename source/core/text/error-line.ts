/**
 * Finds the line of a program's output that says why it failed. The last line rarely does: after the error come the frames of its stack, hints,
 * and the version of the runtime.
 */

/** The line with the error, without its time and level, cut to `most` characters; undefined where no line names one. `lines` are the last of the output. */
export function errorLineOf(lines: readonly string[], most = 300): string | undefined {
  const found = findError(
    lines.slice(-MOST_LINES).map(line => line.trimEnd().slice(0, MOST_OF_A_LINE)),
  );
  if (found === undefined) return undefined;
  return found.length > most ? `${found.slice(0, most - 1)}…` : found;
}

const MOST_LINES = 200;
const MOST_OF_A_LINE = 2_000;
/** More lines than that between an error and a later, vaguer one belong to something else. */
const NEAR = 3;

function findError(lines: readonly string[]): string | undefined {
  let vague: string | undefined;
  let levelled: string | undefined;
  let between = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? '';
    if (isNoise(line)) continue;
    const said = messageIn(line);
    if (EXACT.some(pattern => pattern.test(said))) return completed(said, lines, index);
    if (vague === undefined && isVague(line, said)) vague = said;
    else between++;
    if (said !== '' && HAS_LEVEL.test(line)) levelled ??= said;
    const found = vague ?? levelled;
    if (found !== undefined && between > NEAR) return found;
  }
  return vague ?? levelled;
}

const NOISE: readonly RegExp[] = [
  /^\s*$/,
  // Frames of a stack.
  /^\s*at\s/,
  /^\s*\.{3} \d+ (?:more|common frames omitted)/,
  /^\s+File "/,
  /^\s+from\s/,
  /^\s*#\d+[ :]/,
  /^\s+\d+: (?:0x|[\w:<]+)/,
  /^goroutine \d+ \[/,
  /^created by /,
  /^\t/,
  /^\s*~*\^+~*\s*$/,
  // What a runtime adds to an error.
  /^Node\.js v\d/,
  /^Bun v\d/,
  /^\s*(?:errno|code|syscall|address|port|path|spawnargs|requireStack|cause|dest|info|hint|detail)\b:? /i,
  /^\s*[[\]{}(),]+\s*$/,
  /^Emitted 'error' event/,
  /^node:internal|^\s*throw (?:err|new)/,
  /^\(Use `node --trace/,
  /^\[signal SIG/,
  /^exit status \d+$/,
  /^(?:note|help): /,
  /^stack backtrace:/i,
  /^Stack trace:/,
  /^\s*thrown in /,
  /^Traceback \(most recent/,
  /^During handling of the above|^The above exception was/,
  /^BEGIN failed/,
  /^npm (?:error|ERR!) (?:A complete log|To see a list|errno|syscall|path|Run|Lifecycle|workspace|location|at\b|Did you mean|\s)/,
  /^npm (?:error|ERR!)\s*$/,
  /^(?:error: )?script "[^"]*" exited with code/i,
  /^\s*(?:\d+ \||\|)/,
];

function isNoise(line: string): boolean {
  return NOISE.some(pattern => pattern.test(line));
}

/** Lines that name the error itself. */
const EXACT: readonly RegExp[] = [
  // TypeError: …, java.net.BindException: …, sqlalchemy.exc.OperationalError, MyError [CODE]: …
  /^(?:[a-z_][\w$]*[.:/]+)*[A-Z][\w$]*(?:Error|Exception|Exit|Interrupt|Failure|NotFound|Timeout|Refused)\b(?: \[[\w.]+\])?(?::|$| \()/,
  /^(?:Error|Unhandled exception\.|Uncaught|Caused by:|Exception in thread|panic:|fatal error:|FATAL ERROR:)/,
  /^(?:PHP )?(?:Fatal|Parse|Catchable fatal) error: /,
  /^thread '[^']*' (?:\(\d+\) )?panicked at/,
  /^\*\* \([A-Z]/,
  /\((?:[A-Z]\w*::)*[A-Z]\w*(?:Error|Exception|NotFound|Interrupt)\)$/,
  /^terminate called/,
  /^\s*what\(\): /,
  /^\[UnhandledPromiseRejection/,
  /: (?:line \d+: )?\S+: (?:command not found|Permission denied|No such file or directory|cannot execute.*)$/,
  /^\S+: (?:line )?\d+: .*(?:not found|Permission denied|[Ss]yntax error.*|[Cc]annot open .*|[Bb]ad substitution)$/,
  /: can(?:'|no)t open file /,
  /^Can't locate \S+ in @INC/,
  /^Could not find or load main class/,
  /^(?:Segmentation fault|Aborted|Killed|Bus error|Illegal instruction)\b/,
  /^error(?:\[\w+\])?: /,
  /^npm (?:error|ERR!) (?:[Mm]issing script|code |enoent|Could not)/,
  /\[(?:emerg|alert|crit)\] /,
  /^make: \*{3} /,
];

/** Words by which a line says that something went wrong. */
const WRONG =
  /\b(?:error|fail(?:ed|ure|s)?|fatal|panic|critical|severe|cannot|can't|could not|couldn't|unable|denied|refused|not found|no such|in use|invalid|aborting|exception|out of memory|timed out)\b/i;
const HARMLESS =
  /\b(?:warn(?:ing)?|deprecat\w*|info|debug|notice|trace)\b|\b(?:0|no) (?:errors?|failures?|failed)\b/i;

/** The level of a logger; of lines with such a level, one with a word of `WRONG` tells more. */
const HAS_LEVEL =
  /^[^a-z]*(?:\[| |^)(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC|EMERG(?:ENCY)?|ALERT)(?:[\]: ]|$)/;

function isVague(line: string, said: string): boolean {
  return WRONG.test(said) && !HARMLESS.test(line.slice(0, 120));
}

/** A line of a log without what stands before its message: the time, the level, the process. A JSON line is its message. */
function messageIn(line: string): string {
  const json = line.startsWith('{')
    ? /"(?:msg|message|error|err)":\s*"((?:[^"\\]|\\.)*)"/.exec(line)?.[1]
    : undefined;
  let said = (json ?? line).trim();
  for (const prefix of PREFIXES) said = said.replace(prefix, '');
  return said;
}

const TIME = String.raw`\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d|UTC))?\]?`;
const PREFIXES: readonly RegExp[] = [
  /^\d+:[A-Z] \d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d+ [#*.-] /,
  new RegExp(`^${TIME}[ :-]*`),
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:\S+ )?/,
  /^(?:\[\d+\] ?|\d+#\d+: )+/,
  /^\[?(?!FATAL ERROR)(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC|ERR)\]?[ :]+(?=\S)/,
  /^-+ (?:\[[^\]]*\] )?/,
];

/** Of some errors the text is in a line beside it. */
function completed(said: string, lines: readonly string[], index: number): string {
  const after = (lines[index + 1] ?? '').trim();
  if (/^thread '.*panicked at [^']*:$/.test(said) && after !== '') return `${said} ${after}`;
  if (/^what\(\): /.test(said)) return said.slice('what(): '.length).trim();
  return said;
}
