import type {Remark} from '../contracts/examination.ts';
import {say} from '../core/text/say.ts';
import {span} from '../core/text/span.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import {join} from 'node:path';
import type {Examination, Scene} from './shared/scene.ts';

/** Is the clock right? Incidents, budgets and certificates depend on it. */
export const definition: Examination = {
  order: 20,
  about: 'machine',
  what: () => say`clock`,
  finds: 'wrong, set back, not synchronised',
  async examine(scene, signal) {
    const {machine} = scene;
    const now = machine.now();
    const year = new Date(now).getFullYear();
    if (year < LEAST_YEAR)
      return [
        {
          id: 'clock_wrong',
          level: 'fail',
          seen: say`this machine says ${year}, which cannot be right: certificates and times fail`,
          next: 'sudo timedatectl set-ntp true',
        },
      ];
    const future = newestFile(scene) - now;
    if (future > FUTURE_MS)
      return [
        {
          id: 'clock_behind',
          level: 'warn',
          seen: say`agent2's files were written ${span(future)} in the future: the clock was set back`,
          next: 'timedatectl status',
        },
      ];
    return [await synchronised(scene, signal)];
  },
};

const LEAST_YEAR = 2024;
const FUTURE_MS = 60_000;

function newestFile({places}: Scene): number {
  const times = places
    .flatMap(({stateDir}) =>
      ['agent2_status.json', 'agent2.log', 'agent2.pid'].map(name =>
        accessFacts(join(stateDir, name)),
      ),
    )
    .flatMap(facts => (facts.kind === 'there' ? [facts.writtenAt] : []));
  return Math.max(-Infinity, ...times);
}

async function synchronised({machine}: Scene, signal: AbortSignal): Promise<Remark> {
  const shown = await machine.ask(
    ['timedatectl', 'show', '-p', 'NTPSynchronized', '--value'],
    signal,
  );
  const answer = shown.kind === 'answered' && shown.code === 0 ? shown.output.trim() : undefined;
  if (answer === 'no')
    return {
      id: 'clock_unsynchronised',
      level: 'warn',
      seen: say`not synchronised with network time: it may drift or jump`,
      next: 'sudo timedatectl set-ntp true',
    };
  return {
    id: 'clock',
    level: 'ok',
    seen:
      answer === 'yes' ? say`synchronised` : say`plausible; cannot tell whether it is synchronised`,
  };
}
