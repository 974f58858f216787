import {createServer as createTls} from 'node:https';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {makeCertificate} from '../helpers/tls/certificate.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {startService, type Service} from '../helpers/service.ts';
import {listening} from './patient.ts';

let home: Home;
let service: Service;

beforeAll(async () => {
  home = makeHome();
  service = await startService(home);
});
afterAll(cleanUp);

describe('the endpoint', () => {
  test('with a wrong path is told the path that answers', async () => {
    const {path_wrong: found} = await examined({url: `http://127.0.0.1:${service.port}/healt`});
    expect(found).toMatchObject({
      level: 'fail',
      next: `agent2 check http://127.0.0.1:${service.port}/api/health`,
    });
  });

  test('with a wrong body is told what was wanted and what was got', async () => {
    const {body_unexpected: found} = await examined({
      url: service.url,
      options: {expect: [{path: 'status', equals: 'great'}]},
    });
    expect(found?.seen).toMatch(/great.*ok|ok.*great/);
    expect(found?.next).toBe(`curl -s ${service.url}`);
  });

  test('behind a name that does not resolve', async () => {
    const {dns_failed: found} = await examined({url: 'http://nowhere.invalid:8080/health'});
    expect(found).toMatchObject({level: 'fail', next: 'getent hosts nowhere.invalid'});
  });

  test('with an expired certificate', async () => {
    const {key, cert} = makeCertificate({toDays: -1, fromDays: -10});
    const port = await listening(
      createTls({key, cert}, (_, response) => response.end()),
      '127.0.0.1',
    );
    const {tls_failed: found} = await examined({url: `https://127.0.0.1:${port}/`});
    expect(found?.level).toBe('fail');
    expect(found?.next).toContain(`openssl s_client -connect 127.0.0.1:${port}`);
  });

  test('that speaks http where https is asked for', async () => {
    const {tls_absent: found} = await examined({url: service.url.replace('http:', 'https:')});
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('does not speak TLS'),
      next: `agent2 check ${service.url}`,
    });
  });
});
