import {expect, test} from 'vitest';
import {lineTime} from '../../source/format/line-time.ts';

const AT = Date.UTC(2026, 0, 27, 10, 30, 5);

test.each([
  '2026-01-27T10:30:05.123Z starting',
  '2026-01-27 10:30:05,123+00:00 - app - INFO - starting',
  '[2026-01-27 12:30:05 +0200] [7] [INFO] starting',
  '127.0.0.1 - - [27/Jan/2026:10:30:05 +0000] "GET / HTTP/1.1" 200',
  `{"level":30,"time":${AT},"msg":"starting"}`,
  `{"level":"info","ts":${AT / 1000}.25,"msg":"starting"}`,
])('the time of %s is found', line => {
  expect(Math.floor((lineTime(line) ?? 0) / 1000)).toBe(AT / 1000);
});

test.each(['2026/01/27 10:30:05 [error] 7#7: x', '1:M 27 Jan 2026 10:30:05.123 # Warning'])(
  'the time of %s, which has no zone, is never too early',
  line => {
    const local = new Date(2026, 0, 27, 10, 30, 5).getTime();
    expect(lineTime(line)).toBe(Math.max(local, AT));
  },
);

test.each(['starting', '    at Module._load', 'port 3000', '27/Foo/2026:10:30:05 x', ''])(
  'of %s no time is known',
  line => {
    expect(lineTime(line)).toBeUndefined();
  },
);
