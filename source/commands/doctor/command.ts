import {load} from 'agent2:doctor';
import {version} from 'agent2:version';
import {defineCommand} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {examine} from '../../doctor/shared/examine.ts';
import {exitCodeOf, reportDocument, reportText} from '../../doctor/shared/report.ts';
import type {Machine} from '../../doctor/shared/scene.ts';
import {typed} from '../../format/shell-words.ts';
import {askProgram} from '../../io/run/ask-program.ts';
import {readDiskFacts} from '../../io/files/file-facts.ts';
import {controlGroups, openFileLimit} from '../../io/process/process-surroundings.ts';
import {sceneFor} from './scene.ts';
import {colorOption, isColored} from '../../cli/color.ts';
import {watchOptions} from '../../cli/run-options.ts';
import {runWords} from '../../cli/run-words.ts';
import {jsonOption, selectorOptions} from '../../cli/selector-options.ts';

export const definition = defineCommand({
  group: 'examine',
  summary: () =>
    say`finds what is wrong and what to type next; exit code 0 ok, 1 warnings, 2 failures`,
  words: {url: {}},
  options: {
    ...watchOptions,
    stateDir: selectorOptions.stateDir,
    json: jsonOption,
    color: colorOption,
    ascii: {help: () => say`plain ASCII instead of symbols`},
  },
  notes: () => [
    say`Without a url it examines the monitors that run or died; without any, what agent2 start would watch here. It changes nothing and sends no signals.`,
  ],
  examples: [
    'agent2 doctor',
    'agent2 doctor http://127.0.0.1:3000/health --pid-file run/web.pid --expect status=ok',
    `agent2 doctor --json | jq '.findings[] | select(.level == "fail")'`,
  ],
  async run({words: {url}, options, given, out}) {
    const asTyped = typed(runWords({url, given: {...given, lang: undefined}, child: undefined}));
    const scene = await sceneFor(url, options, asTyped, thisMachine());
    // First, because the work of the examinations would make a service look slow.
    await Promise.all(scene.subjects.map(scene.observe));
    const examinations = await Promise.all(Object.values(load).map(definition => definition()));
    const chapters = await examine(examinations, scene, LIMIT_MS);
    out.write(
      options.json
        ? `${JSON.stringify(reportDocument(chapters))}\n`
        : reportText(chapters, {
            width: Math.min(out.columns ?? 80, 100),
            color: isColored(out, options.color),
            ascii: options.ascii ?? false,
          }),
    );
    return exitCodeOf(chapters);
  },
});

/** The time limit of each examination; all run at the same time. */
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
