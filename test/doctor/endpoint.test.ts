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

  test('that speaks https where http is asked for', async () => {
    const {key, cert} = makeCertificate();
    const port = await listening(
      createTls({key, cert}, (_, response) => response.end()),
      '127.0.0.1',
    );
    const {tls_wanted: found} = await examined({url: `http://127.0.0.1:${port}/health`});
    expect(found).toMatchObject({
      level: 'fail',
      seen: `127.0.0.1:${port} speaks TLS; is it https?`,
      next: `agent2 check https://127.0.0.1:${port}/health`,
    });
  });

  test('of a unix socket is asked by curl on that socket', async () => {
    const {connect_refused: found} = await examined({url: 'unix:/nonexistent/app.sock:/health'});
    expect(found).toMatchObject({
      level: 'fail',
      next: 'curl -v -m 5 --unix-socket /nonexistent/app.sock http://localhost/health',
    });
  });

  test('with a certificate of an unknown authority is good when every issuer will do', async () => {
    const certificate = makeCertificate({issuer: makeCertificate({name: 'authority'})});
    const port = await listening(
      createTls(certificate, (_, response) => response.end()),
      '127.0.0.1',
    );
    const url = `https://127.0.0.1:${port}/`;
    expect((await examined({url}))['tls_failed']?.seen).toContain('authority that is unknown here');
    const {endpoint: found} = await examined({url, options: {allowSelfSigned: true}});
    expect(found).toMatchObject({level: 'ok'});
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
