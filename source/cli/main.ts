import {load} from 'agent2:commands';
import {version} from 'agent2:version';
import {didYouMean} from '../config/did-you-mean.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {chooseLanguage, commandFirst} from './language.ts';
import {withResults} from './results.ts';
import {preferMemory, preferSpeed} from './v8-flags.ts';

/** The command without a name: `agent2 URL`. */
const DEFAULT = 'watch';

/** Loads and runs the command that the words name. Resolves to the exit code. Rejects with a `UsageError`. */
export function main(typed: readonly string[]): Promise<number> {
  preferMemory();
  return withResults(() => runTyped(typed));
}

async function runTyped(typed: readonly string[]): Promise<number> {
  const argv = commandFirst(typed);
  const [first = '', ...rest] = argv;
  await chooseLanguage(argv, process.env);
  if (Object.hasOwn(load, first)) return run(first, rest);
  const own = argv.slice(0, argv.indexOf('--') < 0 ? argv.length : argv.indexOf('--'));
  const has = (...flags: readonly string[]) => own.some(word => flags.includes(word));
  if (has('--help', '-h')) return (await inPlaceOfValue(own)) ? run(DEFAULT, argv) : printHelp();
  if (has('--version', '-V')) {
    process.stdout.write(`agent2 ${version}\n`);
    return EXIT.done;
  }
  if (first === 'help') return helpOn(rest[0]);
  if (/^[a-z]+$/i.test(first)) throw unknownCommand(first);
  return run(DEFAULT, argv);
}

/** Whether the only words for help stand where options expect their values. Rarely needed, so that help starts without the parser. */
async function inPlaceOfValue(own: readonly string[]): Promise<boolean> {
  const after = own.some(
    (word, index) => ['--help', '-h'].includes(word) && own[index - 1]?.startsWith('-'),
  );
  if (!after) return false;
  const [command, {asksForHelp}] = await Promise.all([definitionOf(DEFAULT), import('./parse.ts')]);
  return !asksForHelp(own, command);
}

async function run(name: string, argv: readonly string[]): Promise<number> {
  const [command, {runCommand}] = await Promise.all([
    definitionOf(name),
    import('./run-command.ts'),
  ]);
  if (command.prefersSpeed) preferSpeed();
  return runCommand(name, command, argv);
}

async function definitionOf(name: string) {
  const definition = await load[name]?.();
  if (!definition) throw new Error(`the command ${name} is missing`);
  return definition;
}

async function printHelp(): Promise<number> {
  const [{programHelp, helpWidth}, commands] = await Promise.all([
    import('./help.ts'),
    Promise.all(Object.keys(load).map(async name => [name, await definitionOf(name)] as const)),
  ]);
  process.stdout.write(programHelp(Object.fromEntries(commands), helpWidth(process.stdout)));
  return EXIT.done;
}

function helpOn(name: string | undefined): Promise<number> {
  if (name === undefined || name.startsWith('-')) return printHelp();
  if (Object.hasOwn(load, name)) return run(name, ['--help']);
  throw unknownCommand(name);
}

/** Treats an unknown bare word as a misspelt command rather than as a url. */
function unknownCommand(word: string): UsageError {
  const names = Object.keys(load);
  return new UsageError(
    message`'${sanitize(word, 40)}' is neither a command nor a url; the commands are ${names.join(', ')}${didYouMean(word, names, 'agent2 ')}; a url looks like http://127.0.0.1:3000/`,
  );
}
