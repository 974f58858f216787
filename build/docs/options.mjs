import {z} from 'zod';
import {table} from '../markdown.mjs';

/** The options of one kind of check or fix: `options probes http`. */
export async function print({words: [folder, kind], definitions}) {
  const {[kind]: definition} = await definitions(folder);
  const schema = z.toJSONSchema(definition.options(z), {io: 'input', unrepresentable: 'any'});
  const rows = rowsOf(objectIn(schema));
  return rows.length === 0 ? 'It has no options.' : table(['option', 'means'], rows);
}

function rowsOf({properties, required = []}, path = '') {
  return Object.entries(properties).flatMap(([name, property]) => [
    [
      `\`${path}${name}\`${required.includes(name) ? ', required' : ''}`,
      capitalised(property.description),
    ],
    // The properties below any key, like the conditions of a field in `expect`.
    ...rowsOf(objectIn(property.additionalProperties) ?? {properties: {}}, `${path}${name}.*.`),
  ]);
}

/** The object among the forms of a value. */
function objectIn(schema) {
  return [schema, ...(schema?.anyOf ?? [])].find(form => form?.properties);
}

function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
