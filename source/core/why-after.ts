import type {Text} from './model/text.ts';
import {joined, message, partsOf} from './text/message.ts';
import {CLAUSE} from './why.ts';

/** The last reason of a monitor that no longer runs, without the clauses that count down, wait or advise. */
export function whyAfterEnd(why: Text): Text {
  return joined(partsOf(why, CLAUSE).map(clauseAfterEnd), CLAUSE);
}

function clauseAfterEnd(clause: Text): Text {
  const key = typeof clause === 'object' && 'key' in clause ? clause.key : undefined;
  if (key === undefined) return clause;
  return key in LEFT ? (LEFT[key] ?? '') : clause;
}

const FIX_DONE = message`fix done`;

/** What stays of a clause, by its key; '' removes it. */
const LEFT: Readonly<Record<string, Text>> = Object.fromEntries(
  (
    [
      [message`paused for ${''} more`, message`paused`],
      [message`fix done, waiting for ${''} good check`, FIX_DONE],
      [message`fix done, waiting for ${''} good checks`, FIX_DONE],
      [
        message`its fix waits ${''}: the heal budget of all targets is used up`,
        message`the heal budget of all targets is used up`,
      ],
      [message`agent2 resume ${''} ends it`, ''],
      [message`agent2 restart ${''} does it now`, ''],
      [message`waits ${''} as the service asked (Retry-After)`, ''],
      [message`its fix waits for a check of the other targets: several turned bad together`, ''],
      [
        message`its fix waits for that of ${''}: many targets turned bad together, and ${''} is tried first`,
        '',
      ],
      [
        message`its fix waits for that of ${''}: one at a time, since many targets turned bad together`,
        '',
      ],
      [message`confirming`, ''],
      [message`checking again`, ''],
      [message`first check running`, ''],
      [message`somebody may be restarting it, waiting ${''} more`, ''],
      [message`${''} left for a process to consume it`, ''],
      [message`${''} left`, ''],
      [message`start grace, ${''} left`, ''],
      [message`waits ${''} as the service asked (Retry-After)`, ''],
      [message`next attempt in ${''}`, ''],
      [message`next attempt in ${''}, ${''}`, ''],
      [message`agent2 does not kill it: stop it, then healing continues`, ''],
      [message`its fix waits for the fix of ${''}: one at a time in a chain of dependencies`, ''],
      [message`its fix waits for a check of ${''}, which it depends on`, ''],
      [message`its fix is next`, ''],
    ] as const
  ).map(([{key}, left]) => [key, left]),
);
