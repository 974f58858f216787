import type {Writable} from 'node:stream';
import {EXIT, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {addMonitorOptions, addScreenOptions, addTargetOptions, parser} from './options.ts';

/** `agent2 --help`: every command with its summary, the options of the default one, and examples. */
export async function printHelp(
  out: Writable,
  load: Readonly<Record<string, () => Promise<CommandDefinition>>>,
): Promise<number> {
  const commands = await Promise.all(Object.values(load).map(definition => definition()));
  const width = Math.max(...commands.map(({usage}) => usage.length));
  const options = addScreenOptions(addMonitorOptions(addTargetOptions(parser('agent2', ''))));
  const help = options.createHelp();
  const optionWidth = Math.max(...options.options.map(option => option.flags.length));
  out.write(
    [
      say`agent2 keeps the services of this machine alive: it probes them, decides how healthy they are, heals them and shows why.`,
      '',
      say`Usage: agent2 [url] [options] [-- CMD …]     watch one service in the terminal`,
      say`       agent2 COMMAND [options]`,
      '',
      say`Commands:`,
      ...commands.map(({usage, summary}) => `  ${usage.padEnd(width)}  ${summary}`),
      '',
      say`Options:`,
      ...options.options.map(
        option => `  ${option.flags.padEnd(optionWidth)}  ${help.optionDescription(option)}`,
      ),
      `  ${'-h, --help'.padEnd(optionWidth)}  ${say`show this help; after a command, that of the command`}`,
      `  ${'-V, --version'.padEnd(optionWidth)}  ${say`the version`}`,
      '',
      say`Without a url, --port, --pid-file or CMD it watches AgentOS: its WebUI on http://127.0.0.1:8080, healed by a restart signal.`,
      '',
      say`Examples:`,
      `  agent2 demo                                                    ${say`break a small service and see it heal`}`,
      `  agent2 http://127.0.0.1:3000/health -- node server.js          ${say`start it, watch it, restart it`}`,
      "  agent2 http://127.0.0.1:3000/ --restart 'systemctl --user restart web'",
      '  agent2 http://127.0.0.1:3000/ --pid-file run/web.pid --expect status=ok --preset dev',
      `  agent2 run http://127.0.0.1:3000/ --observe                    ${say`no screen, no healing, a log line per change`}`,
      `  agent2 start http://127.0.0.1:3000/ -- node server.js          ${say`in the background; agent2 status, agent2 stop`}`,
      `  agent2 check http://127.0.0.1:3000/ --json                     ${say`one check, for scripts and Nagios`}`,
      '',
    ].join('\n') + '\n',
  );
  return EXIT.done;
}
