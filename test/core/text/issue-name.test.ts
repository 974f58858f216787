import {expect, test} from 'vitest';
import {issueName} from '../../../source/core/text/issue-name.ts';

test('the issue of a fix is said in words that fit its cause, where the words of AgentOS do not', () => {
  const issue = 'process not alive';
  expect(issueName({issue, cause: 'crashed'})).toBe('process not alive');
  expect(issueName({issue, cause: 'suspended'})).toBe('process suspended');
  expect(issueName({issue, cause: 'zombie'})).toBe('process not reaped');
  expect(issueName({issue: 'manual restart', cause: 'manual'})).toBe('manual restart');
  expect(issueName({issue: 'of a later version', cause: 'hung'})).toBe('of a later version');
});
