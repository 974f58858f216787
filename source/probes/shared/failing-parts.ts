import type {Text} from '../../core/model/text.ts';
import {message, joined} from '../../core/text/message.ts';
import {isRecord} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';

const GROUPS = ['components', 'checks', 'services', 'dependencies', 'details'];
const STATES = ['status', 'state', 'health', 'healthy', 'ok'];
const GOOD = new Set([
  'ok',
  'up',
  'pass',
  'passing',
  'healthy',
  'green',
  'alive',
  'running',
  'ready',
  'success',
  'true',
]);
const MOST_TOLD = 5;
const MOST_NAMED = 100;

/** The unhealthy parts in a health body (Spring, health+json, ASP.NET and the like): by name, and as the end of a sentence, `; failing: database (down)`. */
export function failingParts(body: unknown): {
  readonly components: readonly string[];
  readonly blame: Text;
} {
  if (!isRecord(body)) return {components: [], blame: ''};
  const groups = GROUPS.flatMap(name => (Object.hasOwn(body, name) ? [body[name]] : []));
  const failing = groups.flatMap(members).flatMap(([name, part]) => {
    const state = stateOf(part);
    return state === undefined || GOOD.has(state.toLowerCase())
      ? []
      : [{name: sanitize(name, 80), state: sanitize(state, 40)}];
  });
  const shown = failing.slice(0, MOST_TOLD).map(({name, state}) => message`${name} (${state})`);
  return {
    components: failing.slice(0, MOST_NAMED).map(({name}) => name),
    blame: shown.length > 0 ? message`; failing: ${joined(shown, message`, `)}` : '',
  };
}

function members(group: unknown): ReadonlyArray<readonly [string, unknown]> {
  if (Array.isArray(group))
    return group.map((part, index) => [
      isRecord(part) && typeof part.name === 'string' ? part.name : String(index),
      part,
    ]);
  if (!isRecord(group)) return [];
  // health+json keeps a list under each name.
  return Object.entries(group).map(([name, part]) => [
    name,
    Array.isArray(part) ? (part as unknown[])[0] : part,
  ]);
}

function stateOf(part: unknown): string | undefined {
  if (typeof part === 'string' || typeof part === 'boolean') return String(part);
  if (!isRecord(part)) return undefined;
  const field = STATES.find(name => ['string', 'boolean'].includes(typeof part[name]));
  return field === undefined ? undefined : String(part[field]);
}
