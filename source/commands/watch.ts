import {load} from 'agent2:commands';
import {didYouMean} from '../config/did-you-mean.ts';
import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {attach, nothingToShow} from '../session/attach.ts';
import {hangupFrom} from '../session/hangup.ts';
import {spokenWords} from '../cli/language.ts';
import {
  addMonitorOptions,
  addScreenOptions,
  addTargetOptions,
  logFrom,
  parse,
  parser,
  splitChild,
  type MonitorOptions,
  type ScreenOptions,
} from '../cli/options.ts';
import {hasScreen, watchPlainly} from '../session/plain.ts';
import {runWords} from '../cli/run-words.ts';
import {findAttachable, attachableFor} from '../session/attachable.ts';
import {checkThemeName} from '../cli/themes.ts';
import {watchlistFor} from '../cli/watchlist.ts';
import {askWelcome, welcomeText} from '../session/welcome.ts';
import {isAgentosHere} from '../config/agentos.ts';

export const definition: CommandDefinition = {
  usage: 'watch [url] [options] [-- CMD …]',
  get summary() {
    return say`what agent2 does without a command: watch and heal one service, live in the terminal`;
  },
  async run(argv) {
    const {own, child} = splitChild(argv);
    const command = addScreenOptions(
      addMonitorOptions(
        addTargetOptions(
          parser('watch', definition.summary, [
            'agent2 http://127.0.0.1:3000/health -- node server.js',
            "agent2 http://127.0.0.1:3000/ --restart 'systemctl --user restart web'",
            'agent2 --read-only --name web',
          ]).usage('[url] [options] [-- CMD …]'),
        ),
      ),
    );
    const parsed = parse<MonitorOptions & ScreenOptions>(command, own, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    checkWord(words[0]);
    checkThemeName(options.theme);
    hangupFrom(options.onHangup);
    const running = findAttachable(words, options, child);
    if (running) return attach(running, options, child);
    const watchlist = await watchlistFor(words, options, child);
    const runningWithConfig = attachableFor(watchlist.config, options.stateDir);
    if (runningWithConfig) return attach(runningWithConfig, options, child);
    if (options.readOnly) throw nothingToShow(options.stateDir ?? process.env.AGENT2_STATE_DIR);
    if (
      watchlist.targets[0]?.agentos &&
      options.stateDir === undefined &&
      !(await isAgentosHere())
    ) {
      if (!hasScreen()) throw new UsageError(welcomeText().trimEnd(), EXIT.failed);
      const choice = await askWelcome();
      if (choice === 'demo') return (await import('./demo/command.ts')).definition.run([]);
      if (choice === 'quit') return EXIT.done;
    }
    const setup = {
      ...watchlist,
      stateDirOption: options.stateDir,
      log: logFrom(options),
      record: options.record,
    };
    if (!hasScreen()) return watchPlainly(setup);
    const {watchOnScreen} = await import('../session/screen.ts');
    return watchOnScreen(setup, options, runWords([...spokenWords(), ...argv]));
  },
};

/** A bare word is a misspelt command rather than a misspelt url. */
function checkWord(word: string | undefined): void {
  if (word === undefined || !/^[a-z]+$/i.test(word)) return;
  const names = Object.keys(load);
  throw new UsageError(
    say`'${sanitize(word, 40)}' is neither a command nor a url; the commands are ${names.join(', ')}${didYouMean(word, names, 'agent2 ')}; a url looks like http://127.0.0.1:3000/`,
  );
}
