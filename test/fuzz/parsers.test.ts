import {writeFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, describe, expect, test} from 'vitest';
import {didYouMean} from '../../source/config/did-you-mean.ts';
import {loadConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {render} from '../../source/core/text/say.ts';
import {readChildRecord} from '../../source/documents/child-record.ts';
import {readAnswer} from '../../source/documents/control/answer.ts';
import {readAsk} from '../../source/documents/control/ask.ts';
import {readCommand} from '../../source/documents/control/command.ts';
import {eventReader} from '../../source/documents/control/event-stream.ts';
import {readHello} from '../../source/documents/control/hello.ts';
import {readNotice} from '../../source/documents/control/notice.ts';
import {readDelta, readState} from '../../source/documents/control/state.ts';
import {handoverText, readHandover} from '../../source/documents/hand-over.ts';
import {createGrouper, entryObject, entryText} from '../../source/documents/log-entry.ts';
import {readMemory} from '../../source/documents/memory.ts';
import {readMonitorCard} from '../../source/documents/monitor-card.ts';
import {readMonitorStatus} from '../../source/documents/monitor-status.ts';
import {parsePluginOutput} from '../../source/documents/perfdata.ts';
import {pointerName, readPointer} from '../../source/documents/pointer.ts';
import {readPreferences} from '../../source/documents/preferences.ts';
import {readRecordingLine} from '../../source/documents/recording.ts';
import {readRestartSignal} from '../../source/documents/restart-signal.ts';
import {statusText} from '../../source/documents/status.ts';
import {splitWords} from '../../source/format/shell-words.ts';
import {parsePsResources} from '../../source/io/process/resources.ts';
import {parseHead} from '../../source/io/net/http-head.ts';
import {createResponseReader} from '../../source/io/net/http-response.ts';
import {parseLsof} from '../../source/io/net/listeners.ts';
import {parseSocketRows, parseSocketTable} from '../../source/io/net/socket-table.ts';
import {parseMounts} from '../../source/io/process/pid-namespaces.ts';
import {readPidFile} from '../../source/io/process/pid-file.ts';
import {parseStat} from '../../source/io/process/procfs.ts';
import {parsePsLine} from '../../source/io/process/ps.ts';
import {ownUnit} from '../../source/io/process/unit-of.ts';
import {allKinds} from '../../source/monitor/kinds.ts';
import {blameOf, judgeBody, judgeText} from '../../source/probes/shared/http-body.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {damaged} from '../helpers/damaged.ts';
import {chainOfTargets, stateOfAll} from '../helpers/states.ts';

afterAll(cleanUp);

const written = (file: string) =>
  readFileSync(new URL(`../fixtures/documents/1/${file}`, import.meta.url), 'utf8');
const kinds = await allKinds();
const state = stateOfAll(chainOfTargets());
const directory = temporaryDirectory();
const by = {probe: 'api', request: 'GET /health'} as const;
const status = statusText(state, 1_000_000, {pid: 7});

/** What people see of a value: all of its texts. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Map) return [...value].flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsOf(each)]);
}

/** Ten thousand config files take minutes. */
const MOST_MS = 1_800_000;

interface Row {
  readonly name: string;
  /** Texts that the parser understands, to be damaged. */
  readonly samples: readonly string[];
  /** Resolves to what it makes of a text. */
  parse(text: string): unknown;
  /** Its texts are shown as they are: nothing in them may reach a terminal. */
  readonly shown?: true;
}

const rows: readonly Row[] = [
  {
    name: 'a memory',
    samples: [written('memory.json')],
    parse: readMemory,
  },
  {
    name: 'a line of a recording',
    samples: written('record.jsonl').split('\n').slice(0, 6),
    parse: readRecordingLine,
  },
  {
    name: 'a status',
    samples: [written('agent2_status.json'), status],
    parse: readMonitorStatus,
    shown: true,
  },
  {
    name: 'a card',
    samples: ['{"pid":7,"startKey":"1@b","targets":["web"],"endMs":5}'],
    parse: text => readMonitorCard(text, 7),
  },
  {
    name: 'a hand-over',
    samples: [handoverText({at: 1, pid: 7, key: 'ab'}, state)],
    parse(text) {
      const read = readHandover(text);
      return read.kind === 'read' ? read.state() : read;
    },
  },
  {
    name: 'a whole state',
    samples: [handoverText({at: 1, pid: 7, key: 'ab'}, state).split('\n')[1] ?? ''],
    parse: readState,
  },
  {
    name: 'a changed state',
    samples: ['{"{":{"startedAt":{"=":5}}}', '{"{":{"targets":{"[":[0,[],{}]}},"-":["brake"]}'],
    parse: text => readDelta(state, text),
  },
  {
    name: 'a hello',
    samples: ['{"protocol":2,"version":"1","pid":7,"stateDir":"/x","actions":{"web":"restart"}}'],
    parse: readHello,
  },
  {
    name: 'a notice',
    samples: [
      '{"timestamp":"2026-01-27T10:30:45Z","level":"info","kind":"change","target":"web","text":"x"}',
    ],
    parse: readNotice,
    shown: true,
  },
  {name: 'an answer', samples: ['{"ok":true,"message":"done","targets":[{}]}'], parse: readAnswer},
  {
    name: 'a request',
    samples: ['{"target":"web","for":"30m"}', ''],
    parse: text => readAsk('pause', text, didYouMean),
  },
  {
    name: 'a command',
    samples: ['{"type":"paused","target":"web","by":"user"}'],
    parse: text => readCommand(text, didYouMean),
  },
  {
    name: 'a stream of events',
    samples: ['event: change\ndata: {"targets":[]}\n\n:\n\n'],
    parse: text => {
      const reader = eventReader(1_000);
      return [reader.push(text.slice(0, 7)), reader.push(text.slice(7))];
    },
  },
  {
    name: 'a restart signal',
    samples: ['{"timestamp":"x","reason":"y","requested_by":"agent1","target":"web"}'],
    parse: readRestartSignal,
  },
  {
    name: 'a record of a child',
    samples: ['{"pid":7,"startKey":"1@b"}', '{"serves":{"pid":7,"startKey":"1@b"}}'],
    parse: readChildRecord,
  },
  {name: 'preferences', samples: ['{"theme":"nord","language":"zh"}'], parse: readPreferences},
  {
    name: 'a pointer',
    samples: ['/srv/agent2\n'],
    parse: text => readPointer(text, pointerName('/srv/agent2')),
  },
  {
    name: 'the lines of a log',
    samples: [
      '2026-01-27 10:30:05,123 - Agent2 - WARNING - web: x\n  more',
      '{"timestamp":"2026-01-27T10:30:45Z","level":"info","logger":"agent2","target":"web","message":"x"}',
    ],
    parse(text) {
      const grouper = createGrouper(() => true);
      const entries = [...grouper.take(text.split('\n')), ...grouper.flush()];
      return entries.map(entry => [
        entryText(entry, false).replaceAll('\n', ' '),
        (JSON.parse(entryObject(entry)) as {message: string}).message.replaceAll('\n', ' '),
      ]);
    },
    shown: true,
  },
  {
    name: 'the output of a plug-in',
    samples: ["OK - fine | 'load 1'=0.5;1;2;0;9 time=3ms\nmore | a=1KiB"],
    parse: parsePluginOutput,
    shown: true,
  },
  {
    name: 'the words of a command',
    samples: [`sh -c 'echo "a b"' x\\ y "a\\"b"`],
    parse: splitWords,
  },
  {
    name: 'a pid file',
    samples: ['4711\n', '4711\n/var/lib/postgresql\n1769509805\n5432\n'],
    parse(text) {
      const path = join(directory, 'web.pid');
      writeFileSync(path, text);
      return readPidFile(path);
    },
    shown: true,
  },
  {
    name: '/proc/PID/stat',
    samples: ['7 (a b) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 1 2'],
    parse: text => parseStat(text, 'boot')?.name ?? '',
    shown: true,
  },
  {
    name: '/proc/net/tcp',
    samples: [
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 12345 1',
    ],
    parse: text => [parseSocketTable(text.split('\n')), parseSocketRows(text.split('\n'), 8080)],
  },
  {
    name: '/proc/PID/cgroup',
    samples: ['0::/system.slice/web.service\n', `1:name=systemd:/docker/${'a'.repeat(64)}`],
    parse: ownUnit,
  },
  {
    name: '/proc/PID/mountinfo',
    samples: ['36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw\n'],
    parse: parseMounts,
  },
  {
    name: 'a line of ps',
    samples: ['  7     1     7      0 Ss   Tue Jan 27 10:30:45 2026  1000 node server.js'],
    parse: text => parsePsLine(text)?.info.name ?? '',
    shown: true,
  },
  {
    name: 'resources by ps',
    samples: ['12345  1-02:03:04', '12345  3:04.56'],
    parse: parsePsResources,
  },
  {
    name: 'listeners by lsof',
    samples: ['p7\ncnode\nu1000\nf12\np8\n'],
    parse: parseLsof,
    shown: true,
  },
  {
    name: 'the head of a response',
    samples: ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nLocation: /x\r\nRetry-After: 5\r\n\r\n'],
    parse: parseHead,
  },
  {
    name: 'a response',
    samples: [
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 500 x\r\n\r\nbody',
    ],
    parse(text) {
      const told: string[] = [];
      let bytes = 0;
      const reader = createResponseReader('GET', {
        onHead: () => undefined,
        onBody: chunk => void (bytes += chunk.length),
        onOddity: oddity => void told.push(render(oddity)),
      });
      const all = Buffer.from(text);
      const read = [reader.read(all.subarray(0, 20)), reader.read(all.subarray(20)), reader.end()];
      expect(bytes).toBeLessThanOrEqual(all.length);
      return [told, read];
    },
    shown: true,
  },
  {
    name: 'a health body',
    samples: [
      '{"status":"ok","components":{"db":{"status":"DOWN","details":{"error":"x"}}}}',
      '{"checks":[{"name":"db","healthy":false}]}',
      '<h1>502 Bad Gateway</h1>',
    ],
    parse: text =>
      [
        judgeBody({body: text, truncated: false}, [{path: 'status', equals: 'ok'}], by),
        judgeBody({body: text, truncated: false}, [{path: 'a.0.b', min: 1}], by),
        judgeText({body: text, truncated: false}, 'Healthy', by),
        blameOf(text),
      ].map(failure => (failure && 'text' in failure ? render(failure.text) : failure)),
    shown: true,
  },
  {
    name: 'a config file',
    samples: [
      'preset: dev\ndefaults: &d {interval: 5s}\ntargets:\n  - name: web\n    url: http://127.0.0.1:1/\n    checks:\n      - tcp: 127.0.0.1:1\n    fix: {use: command, restart: [x]}\n    dependsOn: [db]\n  - {name: db, port: 1, <<: *d}\n',
      'targets: [{name: a, port: 1, expect: {status: ok}}]',
    ],
    async parse(text) {
      const path = join(directory, 'agent2.yaml');
      writeFileSync(path, text);
      const loaded = await loadConfig(path, {kinds, env: {}});
      return loaded.kind === 'config'
        ? loaded.targets.map(({name, address}) => [name, address])
        : render(problemsText(loaded)).split('\n');
    },
    shown: true,
  },
];

describe.each(rows)('$name', ({samples, parse, shown}) => {
  test.each(samples)('%.30j is understood', async text => {
    expect(await parse(text)).not.toBeUndefined();
  });

  test('is read from any text, whatever is wrong with it', {timeout: MOST_MS}, async () => {
    await fc.assert(
      fc.asyncProperty(damaged(samples), async text => {
        const texts = textsOf(await parse(text));
        expect(texts.reduce((sum, each) => sum + each.length, 0)).toBeLessThan(
          20 * text.length + 20_000,
        );
        if (shown) expect(texts.filter(each => /\p{Cc}/u.test(each))).toEqual([]);
      }),
    );
  });

  test.each([
    '[',
    '{"a":',
    '[{"targets":',
    '{"parts":[',
    '"',
    '(',
    "'",
    '\\',
    '\n',
    '- ',
    '&a [*a,',
    '\ud800',
  ])('is read from a hundred thousand of %j', async unit => {
    await parse(unit.repeat(100_000));
  });
});
