import type {PresetName} from '../../source/config/presets.ts';
import {watch} from './agent2.ts';
import {outcomeOf, peers} from './peers.ts';
import {HOURS, services, type Outcome} from './services.ts';

/** What each policy makes of services that fail in different ways: availability and starts, by service. */
export interface PoliciesReport {
  readonly hours: number;
  readonly services: ReadonlyArray<{
    readonly service: string;
    readonly outcomes: Readonly<Record<string, Outcome>>;
  }>;
}

const OURS: readonly PresetName[] = ['test', 'prod', 'dev'];
const SEED = 20_261_201;

/** Simulates all services under all policies, in virtual time; `tell` hears of each service. */
export function measurePolicies(tell: (service: string) => void = () => {}): PoliciesReport {
  return {
    hours: HOURS,
    services: services.map(service => {
      tell(service.name);
      const outcomes: Record<string, Outcome> = {};
      for (const preset of OURS) {
        const {availability, starts} = watch(service, preset, {seed: SEED});
        outcomes[`agent2 ${preset}`] = {availability, starts};
      }
      for (const peer of peers) outcomes[peer.name] = outcomeOf(peer, service, SEED);
      return {service: service.name, outcomes};
    }),
  };
}

/** The table of docs/healing.md: availability in percent / starts. */
export function policiesTable(report: PoliciesReport): string {
  const names = Object.keys(report.services[0]?.outcomes ?? {});
  const rows = report.services.map(({service, outcomes}) => [
    service,
    ...names.map(name => cell(outcomes[name])),
  ]);
  return [['service', ...names], names.map(() => '---').concat('---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |\n`)
    .join('');
}

function cell(outcome: Outcome | undefined): string {
  if (!outcome) return '';
  return `${(100 * outcome.availability).toFixed(1)} / ${outcome.starts.toLocaleString('en')}`;
}
