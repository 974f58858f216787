import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {all} from 'agent2:fixes';
import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import type {FixDefinition} from '../../source/contracts/fix.ts';
import {root} from '../helpers/root.ts';

/** For each kind: what somebody writes in the config, what a restart then says that it does, and what is refused, with a part of the reason. */
const kinds: Readonly<
  Record<
    string,
    {
      readonly given: object;
      readonly does: string | undefined;
      readonly refused?: ReadonlyArray<readonly [given: object, reason: string]>;
    }
  >
> = {
  child: {
    given: {command: 'node "my server.js"'},
    does: 'node my server.js',
    refused: [[{command: []}, 'this holds no command']],
  },
  command: {
    given: {restart: ['./restart.sh', 'web'], timeout: '45s'},
    does: './restart.sh web',
    refused: [
      [{}, 'there is no command; wanted is either restart alone'],
      [{restart: 'a', start: 'b'}, 'restart stands beside start or stop'],
      [{stop: 'a'}, 'stop stands without start'],
      [{restart: 'sh -c "echo'}, 'the double quote at column 7 is never closed'],
      [{restart: 7}, 'wanted is a command as a list of words'],
      [{restart: 'a', timeout: 'soon'}, "'soon' is no usable time; wanted is 100ms to 1h"],
      [{restart: 'a', timeout: 0}, "'0' is no usable time"],
    ],
  },
  systemd: {
    given: {unit: 'web', user: true},
    does: 'systemctl --user restart web.service',
    refused: [
      [{}, 'wanted is the name of a unit, e.g. unit: web.service'],
      [{unit: 'web*'}, "'web*' cannot be a unit; allowed are letters"],
      [{unit: '--now'}, 'cannot be a unit'],
      [{unit: 'web@'}, "'web@' is a template; name one of its instances, e.g. web@1.service"],
      [{unit: 'web', user: 'me'}, 'wanted is true or false'],
    ],
  },
  docker: {
    given: {container: 'web_1', command: 'podman'},
    does: 'podman restart web_1',
    refused: [
      [{container: '-a'}, 'this cannot be a container'],
      [{container: 'web', command: 'sudo docker'}, 'without arguments'],
    ],
  },
  pm2: {
    given: {process: 0, home: '/home/deploy/.pm2'},
    does: 'PM2_HOME=/home/deploy/.pm2 pm2 restart 0',
    refused: [
      ...['all', '/web/', '-', 'ecosystem.config.js', 'apps.json', -1].map(
        process => [{process}, 'the name or the number of one process'] as const,
      ),
      [{process: 'web', home: '.pm2'}, 'an absolute path'],
    ],
  },
  supervisor: {
    given: {program: 'web:*', config: '/etc/supervisor/supervisord.conf'},
    does: 'supervisorctl -c /etc/supervisor/supervisord.conf restart web:*',
    refused: [
      ...['all', '-c', 'a b', '*'].map(program => [{program}, 'this cannot be a program'] as const),
      [{program: 'web', config: 'x.conf'}, 'an absolute path'],
    ],
  },
  signal: {given: {}, does: 'write restart_signal for Agent1'},
  none: {given: {}, does: undefined},
};

test('every file in source/fixes is a kind of fix that is tested here', () => {
  const files = readdirSync(join(root, 'source/fixes')).filter(name => name.endsWith('.ts'));
  expect(files.map(name => name.replace('.ts', '')).sort()).toEqual(Object.keys(kinds).sort());
  expect(Object.keys(all).sort()).toEqual(Object.keys(kinds).sort());
});

describe.each(Object.entries(kinds))('the fix %s', (name, {given, does, refused = []}) => {
  const definition = () => Promise.resolve(all[name] as FixDefinition);

  test('says in a line what it is', async () => {
    expect((await definition()).summary).toMatch(/^[a-z].{10,}[^.]$/);
  });

  test('takes its options from the config and says what a restart does', async () => {
    const {options, describe: describeFix} = await definition();
    expect(describeFix(options(z).parse(given))).toBe(does);
  });

  test('refuses an option that it does not have', async () => {
    const {options} = await definition();
    expect(options(z).safeParse({...given, unheardOf: 1}).error?.issues).toMatchObject([
      {code: 'unrecognized_keys', keys: ['unheardOf']},
    ]);
  });

  test.runIf(refused.length > 0)('refuses what cannot work, and says what is wanted', async () => {
    const {options} = await definition();
    for (const [wrong, reason] of refused)
      expect(
        options(z).safeParse(wrong).error?.issues[0]?.message,
        JSON.stringify(wrong),
      ).toContain(reason);
  });

  test('publishes its options with a description of each', async () => {
    const {options} = await definition();
    const schema = z.toJSONSchema(options(z), {io: 'input'});
    expect(schema).toMatchObject({type: 'object', additionalProperties: false});
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      expect(property, key).toHaveProperty('description');
  });
});

test('a unit gets .service where it has no suffix of a unit', async () => {
  const {options} = all['systemd'] as FixDefinition;
  for (const [unit, full] of [
    ['web', 'web.service'],
    ['web.v2', 'web.v2.service'],
    ['web.socket', 'web.socket'],
    ['web@1', 'web@1.service'],
  ])
    expect(options(z).parse({unit})).toMatchObject({unit: full});
});
