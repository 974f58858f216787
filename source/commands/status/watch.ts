import {EXIT} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {logTime} from '../../format/time.ts';
import type {InspectedMonitor} from '../../documents/inspected-monitor.ts';
import {isReaderGone, unwritten} from '../../io/files/output.ts';
import {sanitize} from '../../format/sanitize.ts';
import {cut} from '../../format/width.ts';

const EVERY_MS = 1_000;
type Text = (looks: readonly InspectedMonitor[], width: number) => string;

/** Shows the status until a signal arrives: in place on a terminal, else a line (or with `json` a document) for every change. */
export function watchStatus(
  look: () => Promise<readonly InspectedMonitor[]>,
  textOf: Text,
  json: boolean,
): Promise<number> {
  const view =
    process.stdout.isTTY && process.env.TERM !== 'dumb' && !json
      ? screen(textOf)
      : lines(textOf, json);
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (finish: () => void) => {
      clearTimeout(timer);
      view.leave();
      finish();
    };
    for (const [name, code] of [
      ['SIGINT', EXIT.interrupted],
      ['SIGTERM', EXIT.done],
      ['SIGHUP', EXIT.done],
      ['SIGQUIT', EXIT.interrupted],
    ] as const)
      process.on(name, () => end(() => resolve(code)));
    process.stdout.on('error', (error: unknown) =>
      end(() => (isReaderGone(error) ? resolve(EXIT.done) : reject(unwritten(error)))),
    );
    const beat = () => {
      look().then(
        looks => {
          view.show(looks);
          timer = setTimeout(beat, EVERY_MS);
        },
        (error: unknown) => end(() => reject(error)),
      );
    };
    view.enter();
    beat();
  });
}

interface View {
  enter(): void;
  show(looks: readonly InspectedMonitor[]): void;
  leave(): void;
}

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J';
const LEAVE = '\x1b[?25h\x1b[?1049l';

/** Draws on the alternate screen, in one write, and only after a change; at the end prints the last picture on the normal screen. */
function screen(textOf: Text): View {
  const {stdout} = process;
  let last: readonly InspectedMonitor[] = [];
  let shown = '';
  let inside = false;
  const paint = () => {
    const [columns, rows] = [stdout.columns || 80, stdout.rows || 24];
    const all = textOf(last, columns).trimEnd().split('\n');
    const frame =
      all.length < rows
        ? all
        : [...all.slice(0, rows - 2), cut(`… ${all.length - rows + 2}`, columns)];
    const text = `\x1b[H${frame.map(line => `${line}\x1b[K`).join('\r\n')}\x1b[J`;
    if (text !== shown) stdout.write(text);
    shown = text;
  };
  const enter = () => {
    inside = true;
    shown = '';
    stdout.write(ENTER);
  };
  const leave = () => {
    if (inside) stdout.write(LEAVE);
    inside = false;
  };
  return {
    enter() {
      enter();
      stdout.on('resize', () => {
        shown = '';
        if (inside) paint();
      });
      process.on('SIGTSTP', () => {
        leave();
        process.kill(process.pid, 'SIGSTOP');
      });
      process.on('SIGCONT', () => {
        if (inside) return;
        enter();
        paint();
      });
    },
    show(looks) {
      last = looks;
      if (inside) paint();
    },
    leave() {
      if (!inside) return;
      leave();
      if (last.length > 0) stdout.write(textOf(last, stdout.columns || 80));
    },
  };
}

function lines(textOf: Text, json: boolean): View {
  let before = new Map<string, string>();
  let shown: string | undefined;
  return {
    enter: () => {},
    leave: () => {},
    show(looks) {
      const now = changesOf(looks);
      const news = [...now].filter(([about, text]) => before.get(about) !== text);
      const gone = [...before.keys()].filter(about => !now.has(about));
      before = now;
      if (looks.length === 0) {
        const text = textOf(looks, 80);
        if (text !== shown) process.stdout.write(text);
        shown = text;
        return;
      }
      shown = undefined;
      if (news.length + gone.length === 0) return;
      if (json) process.stdout.write(textOf(looks, 80));
      else
        for (const [about, text] of [...news, ...gone.map(about => [about, 'gone'] as const)])
          process.stdout.write(`${logTime(Date.now())} - ${about}: ${text}\n`);
    },
  };
}

/** The facts whose change is an event, by subject: without ages, which change every second. */
function changesOf(looks: readonly InspectedMonitor[]): Map<string, string> {
  return new Map(
    looks.flatMap(({stateDir, condition, pid, status}) => [
      [`agent2 ${pid ?? ''} (${sanitize(stateDir, 4_096)})`, condition] as const,
      ...(condition !== 'up' ? [] : (status?.targets ?? [])).map(
        ({name, health, phase, cause, fixes}) => {
          const fix = fixes.at(-1);
          const parts = [
            `${health} ${phase}`,
            ...(cause === undefined ? [] : [cause]),
            ...(fix ? [say`last fix ${logTime(fix.at)} ${fix.action} ${fix.result}`] : []),
          ];
          return [sanitize(name, 63), sanitize(parts.join(say`; `), 400)] as const;
        },
      ),
    ]),
  );
}
