import {load} from 'agent2:commands';
import {afterEach, describe, expect, test} from 'vitest';
import {mainExamples} from '../../source/cli/help.ts';
import {codesOf, setStage} from '../docs/stage.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {hasTool} from '../helpers/tool.ts';

afterEach(cleanUp);

/** What no test types, and why. */
const NOT_TYPED: ReadonlyArray<readonly [RegExp, string]> = [
  [/\/etc\/agent2/, 'its file is in /etc; test/scenarios/config.test.ts names another'],
  [
    /^sudo agent2 service (un)?install/,
    'it writes to /etc; test/scenarios/unit.test.ts installs below a directory',
  ],
  [/^agent2 completion fish \|/, 'it needs fish; test/scenarios/completion.test.ts tries it there'],
  [/service install launchd/, 'it needs launchctl; test/service-files reads its text'],
];

/** What goes on until it is interrupted. */
const LASTING = /^agent2 (demo|run|https?:|--read-only)|^agent2 (logs -f|status --watch)/;

/** Commands that are about a monitor, which runs already. */
const WITH_MONITOR =
  /^(logs|pause|preset|restart|resume|status|stop|doctor|drill|backtest|maintain|watch)$/;

const examples = await Promise.all(
  Object.entries(load).map(async ([name, definition]) => ({
    name,
    lines: (await definition()).examples,
  })),
);
const all = [{name: 'agent2', lines: mainExamples().map(([line]) => line)}, ...examples];

describe('every example of --help can be typed:', () => {
  test.each(all)('$name', async ({name, lines}) => {
    const withMonitor = WITH_MONITOR.test(name);
    const stage = await setStage({withConfig: withMonitor || name === 'start' || name === 'check'});
    if (withMonitor) {
      expect(await stage.type('agent2 start --record')).toMatchObject({code: 0});
      await stage.type('ln -s ../.local/state/agent2/main/record.jsonl record.jsonl');
    }
    for (const line of lines.filter(each => !NOT_TYPED.some(([what]) => what.test(each)))) {
      if (line.includes('| jq') && !hasTool('jq')) continue;
      const lasts = LASTING.test(line);
      const typed = line.startsWith('eval ') ? `bash -c '${line}'` : line;
      const {code, output} = await (lasts ? stage.typeAndInterrupt(typed) : stage.type(typed));
      expect(codesOf(lasts), `${line}: ${code}\n${output}`).toContain(code);
      expect(output).not.toMatch(/please report|did you mean|unknown option/);
    }
  });
});

test('whatever is not typed says why, and is there', () => {
  const lines = all.flatMap(each => each.lines);
  expect(NOT_TYPED.filter(([line]) => !lines.some(text => line.test(text)))).toEqual([]);
});
