import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined, troubles} from '../helpers/doctor.ts';
import {makeHome} from '../helpers/home.ts';
import {startService, type Service} from '../helpers/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService(makeHome());
});
afterAll(cleanUp);

test('a proxy variable that would hide the endpoint from curl is told', async () => {
  const {proxy_ignored: found} = await examined({
    url: service.url,
    machine: {env: {http_proxy: 'http://proxy:3128', PATH: process.env.PATH}},
  });
  expect(found).toMatchObject({level: 'warn', next: `curl --noproxy '*' -i ${service.url}`});
  expect(
    troubles(
      await examined({
        url: service.url,
        machine: {
          env: {
            http_proxy: 'http://proxy:3128',
            no_proxy: 'localhost,127.0.0.1',
            PATH: process.env.PATH,
          },
        },
      }),
    ),
  ).toEqual([]);
});
