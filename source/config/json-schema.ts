import {say} from '../core/text/say.ts';
/** JSON schema as plain values. */
export type Json = Readonly<Record<string, unknown>>;

/** Merges two object schemas. Joins each of the alternative forms; a form that is no object has no room for more. */
export function joined(a: Json, b: Json, description?: string): Json {
  const forms = formsOf(a).flatMap(first => formsOf(b).map(second => joinedObjects(first, second)));
  const [only, ...more] = forms;
  return {
    ...(more.length === 0 ? only : {anyOf: forms}),
    ...(description === undefined ? {} : {description}),
  };
}

/** The objects that a schema allows. */
export function formsOf(schema: Json): readonly Json[] {
  const alternatives = (schema['anyOf'] ?? schema['oneOf']) as readonly Json[] | undefined;
  return alternatives ? alternatives.flatMap(formsOf) : schema['type'] === 'object' ? [schema] : [];
}

function joinedObjects(a: Json, b: Json): Json {
  return {
    type: 'object',
    properties: {...(a['properties'] as Json), ...(b['properties'] as Json)},
    required: [
      ...((a['required'] as string[] | undefined) ?? []),
      ...((b['required'] as string[] | undefined) ?? []),
    ],
    additionalProperties: false,
  };
}

const REFERENCE = {$ref: '#/$defs/secretFile'};

/** Allows `${env:NAME}` and `{file: path}` in place of any text or number, as the loader does. */
export function withSecrets(schema: Json): Json {
  return {
    ...(within(schema) as Json),
    $defs: {environment: environment(), secretFile: secretFile()},
  };
}

function environment(): Json {
  return {
    type: 'string',
    pattern: '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}',
    description: say`The value of an environment variable, within the text`,
  };
}

function secretFile(): Json {
  return {
    type: 'object',
    properties: {file: {type: 'string', minLength: 1}},
    required: ['file'],
    additionalProperties: false,
    description: say`The content of a file, without its last line break`,
  };
}

/** The keywords of a schema that contain schemas, by name or in a list; anything else is no schema. */
function within(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const {description, ...rest} = schema as Json;
  const deep = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => {
      if (key === 'properties') return [key, mapped(value as Json)];
      if (key === 'items' || key === 'additionalProperties') return [key, within(value)];
      return [
        key,
        ['anyOf', 'oneOf', 'prefixItems'].includes(key) ? (value as unknown[]).map(within) : value,
      ];
    }),
  );
  const about = description === undefined ? {} : {description};
  return isSingle(deep)
    ? {...about, anyOf: [deep, {$ref: '#/$defs/environment'}, REFERENCE]}
    : {...deep, ...about};
}

function mapped(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, within(value)]));
}

/** A text or a number, but not a fixed choice of words. */
function isSingle({type, enum: words, const: word}: Json): boolean {
  return (
    words === undefined &&
    word === undefined &&
    [type].flat().some(each => each === 'string' || each === 'number' || each === 'integer')
  );
}
