import type {FixDefinition} from '../contracts/fix.ts';
import {message} from '../core/text/message.ts';
import {stateOfContainer} from './shared/container-state.ts';
import {remarkOf} from './shared/examine-manager.ts';
import {evenIfStoppedSchema} from './shared/even-if-stopped.ts';
import {asksManager} from './shared/asks-manager.ts';
import {order} from './shared/manager.ts';
import {stepsOf} from './shared/steps.ts';
import {TIMEOUT_MS, timeoutSchema} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';
import {inIssue, wrong} from '../format/issue-text.ts';

export interface DockerOptions {
  readonly container: string;
  /** A program with the same commands, like podman. */
  readonly command?: string;
  readonly timeoutMs?: number;
  readonly evenIfStopped?: boolean;
}

/** Restarts a container; its process gets the target's stop timeout between TERM and KILL. */
export const definition: FixDefinition<DockerOptions> = {
  get summary() {
    return say`restart a container of docker or podman`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
  options: z =>
    z
      .strictObject({
        container: z
          .string(inIssue(message`expected the name or id of a container, e.g. container: web`))
          .regex(
            /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/,
            wrong(
              message`this is not the name of a container`,
              message`expected a name or id of letters, digits and _ . -, e.g. container: web`,
            ),
          )
          .describe(say`the name or id of the container`),
        command: z
          .string(inIssue(message`expected a program, e.g. command: podman`))
          .regex(
            /^[^\s-]\S*$/,
            wrong(
              message`this is not the name of a program`,
              message`expected a name or path, without arguments, e.g. command: podman`,
            ),
          )
          .optional()
          .describe(say`the program to run, with the commands of docker; docker by default`),
        timeout: timeoutSchema(z).describe(
          say`the time limit of the request; the stop timeout plus 30s by default`,
        ),
        evenIfStopped: evenIfStoppedSchema(z),
      })
      .transform(({timeout, ...rest}): DockerOptions => ({...rest, timeoutMs: timeout})),
  examples: [
    {container: 'web'},
    {container: 'web_1', command: 'podman', timeout: '1m', evenIfStopped: true},
  ],
  refuses: [
    {given: {container: '-a'}, says: 'this is not the name of a container'},
    {given: {container: 'web', command: 'sudo docker'}, says: 'without arguments'},
  ],
  describe: ({container, command = 'docker'}) => `${command} restart ${container}`,
  longestMs: ({timeoutMs = TIMEOUT_MS}) => timeoutMs,
  // podman has no daemon: the container becomes its child, and so agent2's.
  confines: ({command = 'docker'}) => (asksManager([command]) ? 'nothing' : 'commands'),
  start: ({container, command = 'docker'}) => [command, 'start', container],
  examine: async ({container, command = 'docker'}, scene) =>
    remarkOf(
      await scene.ask([
        command,
        'inspect',
        '--type',
        'container',
        '--format',
        '{{.Id}}',
        container,
      ]),
      {
        program: command,
        name: container,
        action: `${command} restart ${container}`,
        list: `${command} ps --all`,
        look: `${command} info`,
      },
    ),
  state: ({container, command = 'docker'}, ask) => stateOfContainer(container, command, ask),
  create: ({container, command = 'docker', timeoutMs}, setup) => ({
    restart: (request, {signal}) =>
      order(stepsOf(request, setup, signal), {
        argv: [
          command,
          'restart',
          '-t',
          String(Math.ceil(setup.stopTimeoutMs / 1000)),
          '--',
          container,
        ],
        // The stop alone may take the stop timeout.
        timeoutMs: timeoutMs ?? setup.stopTimeoutMs + TIMEOUT_MS,
        done: message`${command} restarted ${container}`,
        complaint: lines =>
          lines.find(
            line =>
              /^Error\b|Cannot connect|permission denied/i.test(line) &&
              !line.startsWith('WARNING'),
          ),
        advice: [
          [/command not found/, message`for podman say command: podman`],
          [/Cannot connect|connection refused/i, message`try: ${command} info`],
          [/permission denied/i, message`run agent2 as root, or as a member of the group docker`],
          [/no such container|no container with name/i, message`try: ${command} ps --all`],
        ],
      }),
  }),
};
