import {defineCommand, EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {isAgentosHere} from '../config/agentos.ts';
import {stateDirsOf} from '../instances/selector.ts';
import {refuseUnknownName} from '../instances/unknown-name.ts';
import {spokenLanguage} from '../cli/language.ts';
import {runOptions} from '../cli/run-options.ts';
import {runWords} from '../cli/run-words.ts';
import {withoutSecretsInWords} from '../cli/secret-words.ts';
import {screenOptions} from '../cli/screen-options.ts';
import {setupFor} from '../cli/watchlist.ts';
import {attach, nothingToShow} from '../session/attach.ts';
import {attachableFor, findAttachable, namesTarget} from '../session/attachable.ts';
import {warnOfOtherHealer} from '../session/other-healer.ts';
import {hasScreen, watchPlainly} from '../session/plain.ts';
import {askWelcome, welcomeText} from '../session/welcome.ts';

export const definition = defineCommand({
  group: 'watch',
  summary: () => say`watches and repairs live in the terminal, as agent2 does without a command`,
  words: {url: {}},
  takesChild: true,
  options: {...runOptions, ...screenOptions},
  examples: [
    'agent2 http://127.0.0.1:3000/health -- node server.js',
    "agent2 http://127.0.0.1:3000/ --restart 'systemctl --user restart web'",
    'agent2 --read-only --name web',
  ],
  async run(call) {
    const {
      words: {url},
      options,
      given,
      child,
    } = call;
    const running = findAttachable(url, options, child);
    if (running) return attach(running, call);
    // A name alone selects a running monitor, unless it is to be that of a new one of AgentOS.
    if (
      options.config === undefined &&
      options.name !== undefined &&
      !namesTarget(url, options, child) &&
      (options.readOnly || !(await isAgentosHere()))
    )
      refuseUnknownName(options, stateDirsOf(options));
    const setup = await setupFor(url, options, child);
    const runningWithConfig = attachableFor(setup.config, options.stateDir);
    if (runningWithConfig) return attach(runningWithConfig, call);
    if (options.readOnly) throw nothingToShow(options.stateDir ?? process.env.AGENT2_STATE_DIR);
    const needsWelcome = setup.targets[0]?.agentos && options.stateDir === undefined;
    if (needsWelcome && !(await isAgentosHere())) {
      if (!hasScreen()) throw new UsageError(welcomeText().trimEnd(), EXIT.failed);
      const choice = await askWelcome();
      if (choice === 'demo') return runDemo(call);
      if (choice === 'quit') return EXIT.done;
    }
    warnOfOtherHealer(setup, call.err);
    if (!hasScreen()) return watchPlainly(setup);
    const {watchOnScreen} = await import('../session/screen.ts');
    const {words, env} = withoutSecretsInWords(
      {url, given: {...given, lang: [spokenLanguage()]}, child},
      setup.config ? [] : setup.targets.flatMap(({secrets}) => secrets),
    );
    return watchOnScreen(setup, options, {argv: runWords(words), env});
  },
});

async function runDemo({
  out,
  err,
}: {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}): Promise<number> {
  const {definition: demo} = await import('./demo/command.ts');
  return demo.run({words: {}, options: {}, given: {}, child: undefined, argv: [], out, err});
}
