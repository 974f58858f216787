import {load} from 'agent2:doctor';
import {version} from 'agent2:version';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {examine} from '../../doctor/shared/examine.ts';
import {exitCodeOf, reportDocument, reportText} from '../../doctor/shared/report.ts';
import type {Machine} from '../../doctor/shared/scene.ts';
import {typed} from '../../format/shell-words.ts';
import {askProgram} from '../../io/run/ask-program.ts';
import {readDiskFacts} from '../../io/files/file-facts.ts';
import {controlGroups, openFileLimit} from '../../io/process/process-surroundings.ts';
import {sceneFor, type DoctorOptions} from './scene.ts';
import {addTargetOptions, parse, parser} from '../../cli/options.ts';

type Options = DoctorOptions & {
  readonly json?: boolean;
  readonly ascii?: boolean;
  readonly color?: boolean;
};

export const definition: CommandDefinition = {
  usage: 'doctor [url] [options]',
  get summary() {
    return say`what is wrong and what to type next: monitor, files, process, port, endpoint; exit code 0 well, 1 warnings, 2 failures`;
  },
  async run(argv) {
    if (argv.includes('--'))
      throw new UsageError(
        say`doctor only looks and starts nothing: leave -- and what follows away, e.g. agent2 doctor http://127.0.0.1:3000/`,
      );
    const command = addTargetOptions(parser('doctor', definition.summary).usage('[url] [options]'))
      .option('--state-dir <DIR>', say`where the monitor keeps its files`)
      .option('--json', say`the findings as one JSON object`)
      .option('--no-color', say`no colours (NO_COLOR does the same)`)
      .option('--ascii', say`plain ASCII instead of symbols`)
      .addHelpText(
        'after',
        () => say`
Without a url it examines the monitors that run or died, else what a start here would watch. Nothing is changed and no signal is sent.

Examples:
  agent2 doctor
  agent2 doctor http://127.0.0.1:3000/health --pid-file run/web.pid --expect status=ok
  agent2 doctor --json | jq '.findings[] | select(.level == "fail")'
`,
      );
    const parsed = parse<Options>(command, argv, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const scene = await sceneFor(words, options, typedWords(argv), thisMachine());
    // Before the rest, whose work would make a service look slow.
    await Promise.all(scene.subjects.map(scene.observe));
    const examinations = await Promise.all(Object.values(load).map(definition => definition()));
    const chapters = await examine(examinations, scene, LIMIT_MS);
    process.stdout.write(
      options.json
        ? `${JSON.stringify(reportDocument(chapters))}\n`
        : reportText(chapters, {
            width: Math.min(process.stdout.columns ?? 80, 100),
            color: hasColor(options.color),
            ascii: options.ascii ?? false,
          }),
    );
    return exitCodeOf(chapters);
  },
};

/** For each examination; they run at the same time. */
const LIMIT_MS = 5_000;
const ASK_MS = 2_000;

function thisMachine(): Machine {
  return {
    version,
    nodeVersion: process.version,
    env: process.env,
    uid: process.getuid?.(),
    cwd: process.cwd(),
    now: Date.now,
    disk: (path, signal) => readDiskFacts(path, {timeoutMs: ASK_MS, signal}),
    cgroups: controlGroups,
    openFileLimit,
    ask: (argv, signal) => askProgram(argv, {timeoutMs: ASK_MS, signal}),
  };
}

function hasColor(option: boolean | undefined): boolean {
  return (
    option !== false && process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  );
}

/** The words about what is watched, to be typed again behind another command. */
function typedWords(argv: readonly string[]): string {
  const own = argv.filter(
    (word, index) =>
      !/^(--json|--ascii|--no-color|--lang(=.*)?)$/.test(word) && argv[index - 1] !== '--lang',
  );
  return typed(own);
}
