import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {loadConfig} from '../../source/config/load.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import {problemsText} from '../../source/config/problem.ts';
import {allKinds} from '../../source/monitor/kinds.ts';
import {render} from '../../source/core/text/say.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';

afterEach(cleanUp);

async function load(words: string) {
  const directory = temporaryDirectory();
  const path = join(directory, 'agent2.yaml');
  writeFileSync(path, `targets:\n  - {name: web, ${words}}\n`);
  const loaded = await loadConfig(path, {kinds: await allKinds(), env: {}});
  return loaded.kind === 'problems'
    ? {problem: render(problemsText(loaded))}
    : {directory, target: loaded.targets[0]};
}

describe('the http words of a target', () => {
  test('say whom it trusts, with paths beside the config file', async () => {
    const {directory, target} = await load(
      "url: 'https://127.0.0.1:1/', ca: ca.pem, cert: ./client.pem, key: /etc/client.key, servername: shop.example, allowSelfSigned: true",
    );
    expect(target?.http).toMatchObject({
      ca: join(directory ?? '', 'ca.pem'),
      cert: join(directory ?? '', 'client.pem'),
      key: '/etc/client.key',
      servername: 'shop.example',
      allowSelfSigned: true,
    });
  });

  test('may want a text, and ask a unix socket', async () => {
    const {target} = await load("url: 'unix:/run/app.sock:/health', expectText: Healthy");
    expect(target).toMatchObject({
      address: 'unix:/run/app.sock:/health',
      local: true,
      http: {expectText: 'Healthy'},
    });
    expect(target?.endpoint).toBeUndefined();
  });

  test('are the same in a check of its own', async () => {
    const {directory, target} = await load(
      "checks: [{http: {url: 'http+unix://%2Frun%2Fapp.sock/x', ca: ./ca.pem}}]",
    );
    expect(target?.checks[0]?.options).toMatchObject({
      url: 'unix:/run/app.sock:/x',
      ca: join(directory ?? '', 'ca.pem'),
    });
  });

  test.each([
    ["url: 'https://x/', key: /x.key", /has key but no cert that it belongs to/],
    ["checks: [{http: {url: 'https://x/', key: /x.key}}]", /expected cert beside key/],
    ["url: 'unix:app.sock:/x'", /names no socket by its absolute path/],
    [`url: 'unix:/${'x'.repeat(120)}:/x'`, /has 121 bytes; the system allows 107/],
    ["url: 'https://x/', allowSelfSigned: maybe", /true or false/],
    ["url: 'https://x/', expectText: ''", /a text that is not empty/],
    ['port: 1, expectText: Healthy', /has expectText but no url/],
  ])('are refused when wrong: %s', async (words, says) => {
    expect((await load(words)).problem).toMatch(says);
  });
});

describe('the options of the command line', () => {
  test('say the same', () => {
    const {http} = targetFrom(
      'https://127.0.0.1:1/',
      {ca: 'ca.pem', cert: '/c.pem', key: '/c.key', allowSelfSigned: true, expectText: 'Healthy'},
      undefined,
      '/',
    );
    expect(http).toMatchObject({
      ca: join(process.cwd(), 'ca.pem'),
      cert: '/c.pem',
      key: '/c.key',
      allowSelfSigned: true,
      expectText: 'Healthy',
    });
  });

  test('refuse a key without its certificate', () => {
    expect(() => targetFrom('https://x/', {key: '/c.key'}, undefined, '/')).toThrow(
      '--key belongs to a certificate',
    );
  });
});
