import {describe, expect, test} from 'vitest';
import {dependencyOf, meansComponent} from '../../../source/core/check/dependency-names.ts';

describe('the name of a component', () => {
  test.each([
    ['db', 'database'],
    ['PostgreSQLHealthCheck', 'database'],
    ['DatabaseBackend', 'database'],
    ['Cache backend: default', 'cache'],
    ['redis_check', 'cache'],
    ['RabbitMQ', 'queue'],
    ['db:responseTime', 'database'],
    ['S3Storage', 'storage'],
    ['diskSpace', undefined],
    ['worker', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ])('%j belongs to the family %s', (name, family) => {
    expect(dependencyOf(name)).toBe(family);
  });

  test.each([
    ['db', 'DB', true],
    ['message-bus', 'message_bus', true],
    ['db', 'db:responseTime', true],
    ['db', 'backend.db', true],
    ['database', 'postgres', true],
    ['postgres', 'mysql', false],
    ['postgres', 'database', false],
    ['worker', 'db', false],
    ['', 'db', false],
  ])('%j of notFor and %j of a body: the same is %s', (wanted, found, means) => {
    expect(meansComponent(wanted, found)).toBe(means);
  });
});
