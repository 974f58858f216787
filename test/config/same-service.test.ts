import {expect, test} from 'vitest';
import {targetFrom} from '../../source/config/options/target.ts';
import {isSameAddress, listeningAddress, rivalry} from '../../source/config/same-service.ts';

const URL = 'http://127.0.0.1:3000/';

test.each([
  [URL, 'http://127.0.0.1:3000/health', true],
  [URL, 'http://localhost:3000/', true],
  [URL, 'http://[::1]:3000/', true],
  [URL, '127.0.0.1:3000', true],
  [URL, 'https://127.0.0.1:3000/', true],
  ['http://localhost/', '127.0.0.1:80', true],
  [URL, 'http://127.0.0.1:3001/', false],
  [URL, 'http://example.com:3000/', false],
  ['https://example.com/shop', 'https://example.com/shop', true],
  ['https://example.com/shop', 'https://example.com/blog', false],
  ['node server.js', 'node server.js', true],
  ['/run/web.pid', '/run/db.pid', false],
  ['node server.js --listen :3000', URL, false],
])('%s and %s are the same address: %j', (one, other, same) => {
  expect([isSameAddress(one, other), isSameAddress(other, one)]).toEqual([same, same]);
});

test('two rivals heal one service, by its address or its process', () => {
  const one = {address: URL, heals: true, observing: false};
  const elsewhere = {...one, address: 'http://127.0.0.1:4000/'};
  expect(rivalry(one, one)).toBe('rivals');
  expect(rivalry(one, {...one, observing: true})).toBe('harmless');
  expect(rivalry({...one, heals: false}, one)).toBe('harmless');
  expect(rivalry(one, elsewhere)).toBe('none');
  expect(rivalry({...one, process: {pid: 7}}, {...elsewhere, process: {pid: 7}})).toBe('rivals');
});

test('a service behind a proxy listens at the port that is told', () => {
  const of = (url: string | undefined, options: object) =>
    listeningAddress(targetFrom(url, options, undefined, '/nonexistent'));
  expect(of('http://127.0.0.1/shop', {port: 3000})).toBe('127.0.0.1:3000');
  expect(of('http://127.0.0.1:3000/health', {port: 3000})).toBe('http://127.0.0.1:3000/health');
  expect(of(undefined, {port: 3000})).toBe('127.0.0.1:3000');
  expect(of(undefined, {pidFile: '/nonexistent/web.pid'})).toBeUndefined();
});
