import {didYouMean} from '../config/did-you-mean.ts';
import {UsageError} from '../contracts/command.ts';
import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {withoutSecrets} from '../format/redact.ts';
import {splitWords, typed} from '../format/shell-words.ts';
import type {GivenToRun} from './run-words.ts';

/** Words without secrets, and the variables that hold the secrets: an argv is visible to every user of the machine. */
export interface SecretWords {
  readonly words: GivenToRun;
  readonly env: Readonly<Record<string, string>>;
}

/** Puts each of `secrets` in the words into a variable, and its name in its place: `http://bob:${env:AGENT2_SECRET_1}@host/`. */
export function withoutSecretsInWords(
  {url, given, child}: GivenToRun,
  secrets: readonly string[],
): SecretWords {
  const restart = Array.isArray(given['restart']) ? given['restart'] : undefined;
  const names = new Map<string, string>();
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  const words: GivenToRun = {
    url: url === undefined ? undefined : hidden(url),
    // No other option takes an address or a command of people.
    given: {...given, ...(restart ? {restart: restart.map(hiddenInCommand)} : {})},
    child: child?.map(hidden),
  };
  return {words, env: Object.fromEntries([...names].map(([secret, name]) => [name, secret]))};

  function hidden(word: string): string {
    const parts = longestFirst.reduce<readonly Part[]>(
      (all, secret) => all.flatMap(part => (part.secret ? [part] : partsOf(part.text, secret))),
      [{text: word, secret: false}],
    );
    // A secret in another form, as with other escapes, takes the whole word with it.
    const rest = parts.filter(({secret}) => !secret).map(({text}) => text);
    if (rest.some(text => withoutSecrets(text, secrets) !== text)) return reference(word);
    return parts.map(({text, secret}) => (secret ? reference(text) : text)).join('');
  }

  function hiddenInCommand(text: string): string {
    if (withoutSecrets(text, secrets) === text) return text;
    const split = splitWords(text);
    return split.kind === 'words' ? typed(split.words.map(hidden)) : text;
  }

  function reference(secret: string): string {
    const name = names.get(secret) ?? `${PREFIX}${names.size + 1}`;
    names.set(secret, name);
    return `\${env:${name}}`;
  }
}

const PREFIX = 'AGENT2_SECRET_';

interface Part {
  readonly text: string;
  readonly secret: boolean;
}

function partsOf(text: string, secret: string): readonly Part[] {
  return text.split(secret).flatMap((rest, index): readonly Part[] =>
    index === 0
      ? [{text: rest, secret: false}]
      : [
          {text: secret, secret: true},
          {text: rest, secret: false},
        ],
  );
}

/** Puts the values of variables into `${env:NAME}` of a url and of the words of a command; `$${env:` is the text itself. Throws a `UsageError`. */
export function fromEnvironment(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(/\$?\$\{env:([^}]*)\}?/g, (written: string, name: string) => {
    if (written.startsWith('$$')) return written.slice(1);
    const wrong = mistake(written, name, env);
    if (wrong !== undefined) throw new UsageError(wrong);
    return env[name] ?? '';
  });
}

function mistake(written: string, name: string, env: NodeJS.ProcessEnv): Text | undefined {
  if (!written.endsWith('}') || !/^[A-Za-z_]\w*$/.test(name))
    return message`${written} is not the name of a variable; write e.g. \${env:TOKEN}, or $\${env: for the text itself`;
  return env[name] === undefined
    ? message`${written} names an environment variable that is not set${didYouMean(name, Object.keys(env))}; set it where agent2 is started, e.g. export ${name}=…`
    : undefined;
}

/** The same for a command behind `--`, whose own text may use the same signs: only what agent2 itself put there. */
export function childFromEnvironment(
  child: readonly string[],
  env: NodeJS.ProcessEnv,
): readonly string[] {
  return child.map(word =>
    word.replace(/\$\{env:AGENT2_SECRET_\d+\}/g, written => fromEnvironment(written, env)),
  );
}
