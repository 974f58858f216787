import {directory, givenName} from '../../config/options/values.ts';
import type {OptionsOf} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {runOptions} from '../../cli/run-options.ts';

export const serviceOptions = {
  user: {help: () => say`for yourself: a systemd --user unit, a launchd agent`},
  system: {help: () => say`for the machine: a system unit, a launchd daemon`},
  runAs: {
    value: givenName('USER', 'agent2'),
    help: () => say`account that a system service runs as (default: yours)`,
  },
  root: {
    value: directory('build/image'),
    help: () =>
      say`write below this directory instead of / and start nothing: for packages and images`,
  },
  force: {help: () => say`replace or remove a file that was changed, or that agent2 did not write`},
  now: {help: () => say`install: also start the service`},
  ...runOptions,
  name: {
    value: givenName('NAME', 'web'),
    help: () => say`name of the target and of the service (default: host and port)`,
  },
} as const;

export type ServiceOptions = OptionsOf<typeof serviceOptions>;
