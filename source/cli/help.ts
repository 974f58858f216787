import type {
  CommandDefinition,
  CommandGroup,
  OptionRows,
  Output,
  WordRows,
} from '../contracts/command.ts';
import {commandGroups} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {displayWidth} from '../format/width.ts';
import {hangNote} from './hang-note.ts';
import {shownFlag} from './flags.ts';
import {layOutHelp, type HelpRow, type HelpSection} from './help-layout.ts';
import {shownWord, typedName, withLanguage} from './parse.ts';

/** All commands by name. */
export type Commands = Readonly<Record<string, CommandDefinition>>;

/** `agent2 --help`: every command with its summary, the options of the default command, and examples. */
export function programHelp(commands: Commands, width: number): string {
  const {options = {}} = commands.watch ?? {};
  return layOutHelp(
    [
      paragraphs([
        say`agent2 keeps the services of this machine alive: it checks them, decides how healthy they are, repairs them and shows why.`,
      ]),
      usage('agent2 [url] [options] [-- CMD …]', 'agent2 COMMAND …'),
      ...commandGroups.map(group => groupSection(group, commands)),
      {
        title: say`Options of agent2 without a command:`,
        rows: [...optionRows(options), term('-V, --version', say`print the version`)],
      },
      paragraphs([
        say`Without a url, --port, --pid-file or -- CMD agent2 watches what the config file lists; without a config file it watches AgentOS, whose WebUI on http://127.0.0.1:8080 it repairs by a restart signal.`,
        hangNote(),
        say`agent2 COMMAND --help explains a command.`,
      ]),
      {
        title: say`Examples:`,
        rows: mainExamples().flatMap(([line, about]) => [typed(line), typed(`    ${about}`)]),
      },
    ],
    width,
  );
}

/** The examples of `agent2 --help`, each with its effect. */
export function mainExamples(): ReadonlyArray<readonly [line: string, about: string]> {
  return [
    ['agent2 demo', say`break a small service and watch agent2 repair it`],
    [
      'agent2 http://127.0.0.1:3000/health -- node server.js',
      say`start a server, watch it and restart it`,
    ],
    [
      "agent2 http://127.0.0.1:3000/ --restart 'systemctl --user restart web'",
      say`watch a service that somebody else started`,
    ],
    [
      'agent2 http://127.0.0.1:3000/ --pid-file run/web.pid --expect status=ok --preset dev',
      say`watch its process and a field of its answer, too`,
    ],
    [
      'agent2 run http://127.0.0.1:3000/ --observe',
      say`print a line for each change, without a screen and without repairs`,
    ],
    [
      'agent2 start http://127.0.0.1:3000/ -- node server.js',
      say`watch in the background, until agent2 stop`,
    ],
    ['agent2 check http://127.0.0.1:3000/ --json', say`check once, for scripts and Nagios`],
  ];
}

/** `agent2 COMMAND --help`. */
export function commandHelp(name: string, command: CommandDefinition, width: number): string {
  return layOutHelp(
    [
      usage(usageOf(name, command)),
      paragraphs([command.summary()]),
      ...choiceSections(command.words),
      {title: say`Options:`, rows: optionRows(command.options)},
      ...(command.notes?.() ?? []).map(text => paragraphs([text])),
      {title: say`Examples:`, rows: command.examples.map(typed)},
    ],
    width,
  );
}

/** The width of a help text on `out`, in columns. */
export function helpWidth(out: Output): number {
  return Math.min((out.isTTY && out.columns) || 80, 100);
}

function usage(...lines: readonly string[]): HelpSection {
  const head = `${say`Usage:`} `;
  const margin = ' '.repeat(displayWidth(head));
  return {rows: lines.map((line, index) => typed(`${index === 0 ? head : margin}${line}`))};
}

function usageOf(name: string, {words, takesChild}: CommandDefinition): string {
  return [
    typedName(name),
    ...Object.entries(words).map(([word, row]) => shownWord(word, row)),
    '[options]',
    ...(takesChild ? ['[-- CMD …]'] : []),
  ].join(' ');
}

function groupSection(group: CommandGroup, commands: Commands): HelpSection {
  return {
    title: groupTitle(group),
    rows: Object.entries(commands)
      .filter(([, command]) => command.group === group)
      .map(([name, command]) => term(name, command.summary())),
  };
}

function groupTitle(group: CommandGroup): string {
  switch (group) {
    case 'watch':
      return say`Watch and repair:`;
    case 'ask':
      return say`Ask a running monitor:`;
    case 'examine':
      return say`Examine:`;
    case 'setup':
      return say`Set up:`;
  }
}

/** The meanings of the fixed words that a command accepts, like `crash` or `hang`. */
function choiceSections(words: WordRows): readonly HelpSection[] {
  return Object.values(words).flatMap(({choices = {}}) => {
    const rows = Object.entries(choices).flatMap(([word, about]) =>
      about ? [term(word, about())] : [],
    );
    return rows.length === 0 ? [] : [{title: say`Words:`, rows}];
  });
}

function optionRows(options: OptionRows): readonly HelpRow[] {
  return [
    ...Object.entries(withLanguage(options)).map(([name, row]) =>
      term(shownFlag(name, row), row.help()),
    ),
    term('-h, --help', say`print this help`),
  ];
}

function paragraphs(texts: readonly string[]): HelpSection {
  return {rows: texts.map(text => ({kind: 'paragraph', text}))};
}

function typed(text: string): HelpRow {
  return {kind: 'typed', text};
}

function term(term: string, text: string): HelpRow {
  return {kind: 'term', term, text};
}
