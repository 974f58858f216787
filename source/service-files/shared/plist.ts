export type PlistValue =
  string | number | boolean | readonly PlistValue[] | {readonly [key: string]: PlistValue};

/** A property list of Apple's, as XML, with comments at its top. */
export function plist(value: PlistValue, comments: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    ...comments.map(text => `<!-- ${text.replaceAll('--', '- -')} -->`),
    '<plist version="1.0">',
    ...element(value, ''),
    '</plist>',
    '',
  ].join('\n');
}

function element(value: PlistValue, indent: string): readonly string[] {
  if (typeof value === 'string') return [`${indent}<string>${escaped(value)}</string>`];
  if (typeof value === 'number') return [`${indent}<integer>${value}</integer>`];
  if (typeof value === 'boolean') return [`${indent}<${value}/>`];
  if (isList(value))
    return [
      `${indent}<array>`,
      ...value.flatMap(item => element(item, `${indent}  `)),
      `${indent}</array>`,
    ];
  const entries = Object.entries(value).flatMap(([key, item]) => [
    `${indent}  <key>${escaped(key)}</key>`,
    ...element(item, `${indent}  `),
  ]);
  return [`${indent}<dict>`, ...entries, `${indent}</dict>`];
}

function isList(value: PlistValue): value is readonly PlistValue[] {
  return Array.isArray(value);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
