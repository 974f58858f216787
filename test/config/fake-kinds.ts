import type {FixDefinition} from '../../source/contracts/fix.ts';
import type {
  FieldExpectation,
  HttpSpec,
  Probe,
  ProbeDefinition,
} from '../../source/contracts/probe.ts';
import {all as fixes} from 'agent2:fixes';
import type {Kinds} from '../../source/config/kinds.ts';
import {refusal} from '../../source/probes/shared/fields.ts';

const noProbe = (): Probe => ({kind: 'fake', inspect: async () => ({readings: {}, faults: []})});

/** Takes the words that the real one takes, as far as a config file needs them. */
const http: ProbeDefinition<HttpSpec & {readonly url: string}> = {
  summary: 'ask a url',
  options: z =>
    z
      .strictObject({
        url: z.string(),
        method: z.enum(['GET', 'POST']).default('GET'),
        headers: z.record(z.string(), z.string()).default({}),
        body: z.string().optional(),
        status: z
          .array(z.number().transform((status): readonly [number, number] => [status, status]))
          .default([[200, 399]]),
        expect: z.record(z.string(), z.string()).default({}),
        expectText: z.string().optional(),
        ca: z.string().optional(),
        allowSelfSigned: z.boolean().optional(),
        servername: z.string().optional(),
        cert: z.string().optional(),
        key: z.string().optional(),
      })
      .transform(({expect, ...rest}) => ({
        ...rest,
        expect: Object.entries(expect).map(([path, equals]): FieldExpectation => ({path, equals})),
      })),
  examples: [],
  refuses: [],
  create: noProbe,
};

const file: ProbeDefinition<{readonly path: string}> = {
  summary: 'look at a file',
  options: z => z.strictObject({path: z.string().min(1)}),
  examples: [],
  refuses: [],
  create: noProbe,
};

/** Has words of its own for what is wrong, which show the value. */
const tcp: ProbeDefinition<string> = {
  summary: 'open a connection',
  options: z =>
    z.string().superRefine(
      (given, context) =>
        void (
          given.includes(':') ||
          context.addIssue({
            code: 'custom',
            message: refusal(given, {allowed: 'host:port', example: '127.0.0.1:5432'}),
          })
        ),
    ),
  examples: [],
  refuses: [],
  create: noProbe,
};

const unit: FixDefinition<{readonly unit: string}> = {
  summary: 'restart a unit',
  traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
  options: z =>
    z.strictObject({unit: z.string().min(1), scope: z.enum(['user', 'system']).default('system')}),
  examples: [],
  refuses: [],
  describe: ({unit}) => `systemctl restart ${unit}`,
  longestMs: () => 0,
  confines: () => 'nothing',
  create: () => ({restart: async () => ({kind: 'done', detail: ''})}),
};

/** One of two shapes. */
const pair: FixDefinition<unknown> = {
  ...unit,
  options: z =>
    z.union([
      z.strictObject({restart: z.array(z.string())}),
      z.strictObject({stop: z.array(z.string()), start: z.array(z.string())}),
    ]),
  examples: [],
  refuses: [],
  describe: () => 'stop and start',
  longestMs: () => 0,
  confines: () => 'nothing',
};

/** The fixes that there are, and stand-ins for kinds with every form of options. */
export function fakeKinds(): Kinds {
  return {
    probes: {http: http, file: file, tcp: tcp},
    fixes: {...fixes, systemd: unit, pair: pair},
  };
}
