import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Metric} from '../../source/core/model/observation.ts';
import {formatPerfdata, parsePerfdata, parsePluginOutput} from '../../source/documents/perfdata.ts';

describe('the output of a plug-in', () => {
  test('begins with a line of text and perfdata, divided by a bar', () => {
    expect(
      parsePluginOutput('DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968\n'),
    ).toEqual({
      text: 'DISK OK - free space: / 3326 MB (56%);',
      more: [],
      metrics: [{name: '/', value: 2643, unit: 'MB'}],
    });
  });

  // The example of https://nagios-plugins.org/doc/guidelines.html
  test('continues with long text, and with perfdata of several lines', () => {
    const output = [
      'DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968',
      '/ 15272 MB (77%);',
      '/boot 68 MB (69%);',
      '/home 69357 MB (27%);',
      '/var/log 819 MB (84%); | /boot=68MB;88;93;0;98',
      '/home=69357MB;253404;253409;0;253414',
      '/var/log=818MB;970;975;0;980',
    ].join('\n');
    const {more, metrics} = parsePluginOutput(output);
    expect(more).toEqual([
      '/ 15272 MB (77%);',
      '/boot 68 MB (69%);',
      '/home 69357 MB (27%);',
      '/var/log 819 MB (84%);',
    ]);
    expect(metrics.map(({name, value}) => [name, value])).toEqual([
      ['/', 2643],
      ['/boot', 68],
      ['/home', 69_357],
      ['/var/log', 818],
    ]);
  });

  test.each([
    ['', {text: '', more: [], metrics: []}],
    ['|', {text: '', more: [], metrics: []}],
    ['OK\n\n  \nmore', {text: 'OK', more: ['more'], metrics: []}],
    [
      'PING ok - \u001b[32mfine\u001b[0m | rta=0.80ms;1;2',
      {text: 'PING ok - fine', more: [], metrics: [{name: 'rta', value: 0.8, unit: 'ms'}]},
    ],
  ])('may be odd: %j', (output, parsed) => {
    expect(parsePluginOutput(output)).toEqual(parsed);
  });
});

describe('perfdata', () => {
  test.each<[string, ReadonlyArray<Metric>]>([
    [
      'time=0.004s;;;0.0 size=123B;;;0',
      [
        {name: 'time', value: 0.004, unit: 's'},
        {name: 'size', value: 123, unit: 'B'},
      ],
    ],
    [
      'load1=3.700;9.000;10.000;0; load5=1.620;9.000;10.000;0; ',
      [
        {name: 'load1', value: 3.7, unit: ''},
        {name: 'load5', value: 1.62, unit: ''},
      ],
    ],
    [
      "'free space'=12%;@10:20;~:5 'it''s'=1c",
      [
        {name: 'free space', value: 12, unit: '%'},
        {name: "it's", value: 1, unit: 'c'},
      ],
    ],
    [
      "'a=b c'=1 d=2",
      [
        {name: 'a=b c', value: 1, unit: ''},
        {name: 'd', value: 2, unit: ''},
      ],
    ],
    ['unknown=U;1;2 known=-.5us', [{name: 'known', value: -0.5, unit: 'us'}]],
    [
      'comma=1,5ms tiny=1e-05s',
      [
        {name: 'comma', value: 1.5, unit: 'ms'},
        {name: 'tiny', value: 1e-5, unit: 's'},
      ],
    ],
    [
      '/=2KiB;1;2 temperature=21.5C',
      [
        {name: '/', value: 2048, unit: 'B'},
        {name: 'temperature', value: 21.5, unit: ''},
      ],
    ],
    ['nothing here = 5 or=there x', []],
    ['=5 a= ;; b=;1', []],
    ["'never closed=5", [{name: 'closed', value: 5, unit: ''}]],
    ["'never closed", []],
  ])('%j is read', (text, metrics) => {
    expect(parsePerfdata(text)).toEqual(metrics);
  });

  test('of thousands of values is cut to 64', () => {
    expect(
      parsePerfdata(Array.from({length: 5_000}, (_, index) => `m${index}=1`).join(' ')),
    ).toHaveLength(64);
  });

  test.each(["'", ' ', 'a', "'a b", '=', "'' "])('of 64 KiB of %j is read in linear time', part => {
    const startedAt = performance.now();
    expect(parsePerfdata(part.repeat(65_536 / part.length))).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('reads back as it was written', () => {
    const label = fc
      .string({minLength: 1, maxLength: 30})
      .filter(
        text =>
          /^[^\s=|\p{C}\p{Z}](?:[ ]?[^\s=|\p{C}\p{Z}])*$/u.test(text) &&
          !/\p{Default_Ignorable_Code_Point}/u.test(text),
      );
    const metric = fc.record({
      name: label,
      value: fc.double({noNaN: true, noDefaultInfinity: true}).map(value => value + 0),
      unit: fc.constantFrom<Metric['unit'][]>(
        '',
        's',
        'ms',
        'us',
        '%',
        'B',
        'KB',
        'MB',
        'GB',
        'TB',
        'c',
      ),
    });
    fc.assert(
      fc.property(fc.array(metric, {maxLength: 20}), metrics => {
        expect(parsePerfdata(metrics.map(formatPerfdata).join(' '))).toEqual(metrics);
      }),
    );
  });

  test('of any text is read without an error, and has only finite numbers', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 300}), text => {
        for (const {name, value} of parsePluginOutput(text).metrics) {
          expect(Number.isFinite(value)).toBe(true);
          expect(name).not.toBe('');
        }
      }),
    );
  });
});
