import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {hasTool} from '../helpers/tool.ts';
import {pages, shellLines} from './pages.ts';
import {codesOf, setStage} from './stage.ts';

afterEach(cleanUp);

/** What no test types, and why. */
const NOT_TYPED: ReadonlyArray<readonly [RegExp, string]> = [
  [/^npm (install|pack|start|test)\b/, '.ci/run types it, in a clean clone'],
  [/vitest run|^npm run /, 'it would run these tests in themselves'],
  [
    /^sudo agent2 service (un)?install/,
    'it writes to /etc; test/scenarios/unit.test.ts installs below a directory',
  ],
  [/multi_agent/, 'test/agentos/guide.test.ts types it, with a log of AgentOS'],
  [
    /\| grep --line-buffered/,
    'it says nothing until something fails; test/scenarios/piped.test.ts waits for that',
  ],
  [
    /^cd |^gunzip |^SOCKET=/,
    'its path is an example; test/scenarios/survival.test.ts puts an archive back',
  ],
];

/** What goes on until it is interrupted. */
const LASTING =
  /^agent2( demo| run .*| (?:https?|unix):.*| --port.*| --restart.*| --config.*| --read-only)?$|^agent2 logs .*-f|^agent2 logs -f|\/v1\/events|\| cat$/;

/** Pages that speak of a service and of its monitor, which runs already. */
const WITH_MONITOR = /(api|attach|backtest|doctor|drill|logs)\.md$/;

const missing = ['curl', 'jq'].filter(tool => !hasTool(tool));

describe('every command of the docs can be typed', () => {
  test.each(pages.filter(page => typedOn(page).length > 0))('%s', async page => {
    const withMonitor = WITH_MONITOR.test(page);
    const stage = await setStage({withConfig: withMonitor || page.endsWith('config.md')});
    if (withMonitor) expect(await stage.type('agent2 start')).toMatchObject({code: 0});
    for (const line of typedOn(page)) {
      if (missing.some(tool => line.includes(`${tool} `))) continue;
      const lasts = LASTING.test(line);
      const {code, output} = await (lasts ? stage.typeAndInterrupt(line) : stage.type(line));
      expect(codesOf(lasts), `${line}: ${code}\n${output}`).toContain(code);
      expect([line, output]).toEqual([
        line,
        expect.not.stringMatching(/please report|did you mean|unknown option/),
      ]);
    }
  });
});

test('whatever is not typed says why, and is there', () => {
  const all = pages.flatMap(shellLines);
  expect(NOT_TYPED.filter(([line]) => !all.some(text => line.test(text)))).toEqual([]);
});

function typedOn(page: string): readonly string[] {
  return [...new Set(shellLines(page))].filter(
    line => !NOT_TYPED.some(([what]) => what.test(line)),
  );
}
