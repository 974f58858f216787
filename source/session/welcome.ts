import {say} from '../core/text/say.ts';
import {agentos} from '../config/spec.ts';

/** The answer to a bare `agent2` without AgentOS and without a config file. */
export function welcomeText(): string {
  return [
    say`agent2 found nothing to watch.`,
    '',
    say`Without a url it watches AgentOS, but there is no ~/.agentos, and nothing`,
    say`listens on ${new URL(agentos.url).host}.`,
    '',
    say`To watch a service of your own:`,
    '  agent2 http://127.0.0.1:3000/ -- node server.js',
    "  agent2 http://127.0.0.1:3000/ --restart 'systemctl --user restart web'",
    '',
    say`To see how it works, with a small service that you can break:`,
    '  agent2 demo',
    '',
  ].join('\n');
}

/** Shows the text in a terminal and waits for one key. */
export async function askWelcome(): Promise<'demo' | 'watch' | 'quit'> {
  const {stdin, stdout} = process;
  stdout.write(
    `agent2: ${welcomeText()}\n${say`  d  the demo    w  watch AgentOS anyway    q  quit`}\n`,
  );
  stdin.setRawMode(true);
  try {
    for (;;) {
      switch (await nextKey(stdin)) {
        case 'd':
          return 'demo';
        case 'w':
          return 'watch';
        case 'q':
        case '\u0003':
        case undefined:
          return 'quit';
      }
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** Undefined when the terminal is gone. */
function nextKey(stdin: NodeJS.ReadStream): Promise<string | undefined> {
  return new Promise(resolve => {
    const settle = (key: string | undefined) => {
      stdin.off('data', pressed).off('end', lost).off('error', lost);
      resolve(key);
    };
    const pressed = (bytes: Buffer) => settle(bytes.toString('latin1'));
    const lost = () => settle(undefined);
    stdin.on('data', pressed).on('end', lost).on('error', lost);
  });
}
