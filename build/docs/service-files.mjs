import {table} from '../markdown.mjs';

const WHOSE = {system: 'the machine', user: 'you'};

/** Every kind of service file: its meaning, its path, its owner. */
export async function print({definitions}) {
  return table(
    ['file', 'is', 'path', 'belongs to'],
    Object.entries(await definitions('service-files')).map(([kind, definition]) => {
      const other = definition.scope === 'system' ? 'user' : 'system';
      const hasOther = definition.refusal?.(factsOf(other)) === undefined;
      return [
        `\`${kind}\``,
        definition.summary(),
        `\`${definition.path(factsOf(definition.scope))}\`${hasOther ? `; with \`--${other}\` \`${definition.path(factsOf(other))}\`` : ''}`,
        `${WHOSE[definition.scope]}${hasOther ? `, unless \`--${other}\`` : ''}`,
      ];
    }),
  );
}

function factsOf(scope) {
  const account = {name: 'you', group: 'you', uid: 1000, home: '~'};
  const stateDir = '/var/lib/agent2';
  return {scope, name: 'NAME', account, stateDir, words: [], environment: {}, secrets: {}};
}
