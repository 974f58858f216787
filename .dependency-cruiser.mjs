/** Who may import whom: the rooms of build/rooms.json, as an allow-list. Imports of types count. */
import {crowded, mayImport, MOST_FILES, patternOf, rooms} from './build/rooms.mjs';

/** Every file of a room, its folders included. */
const within = room => (room === 'themes' ? '^themes/' : `^source/${room}/`);

/** The files that lie in a folder itself. */
const filesOf = folder => patternOf(folder).source.replace(/\$$/, '/[^/]+$');

/** Node's own modules that touch sockets, files or processes. */
const touching =
  '^(node:)?(fs|net|http|https|http2|dgram|tls|dns|child_process|cluster|worker_threads)(/|$)';

export default {
  forbidden: [
    {name: 'no-cycles', severity: 'error', from: {}, to: {circular: true}},
    {
      name: 'no-unknown-imports',
      severity: 'error',
      from: {},
      to: {couldNotResolve: true, pathNot: '^agent2:'},
    },
    {
      name: 'every-folder-has-a-rule',
      comment: 'Say in build/rooms.json what the folder holds and what it may import.',
      severity: 'error',
      from: {path: '^(source|themes)/', pathNot: Object.keys(rooms).map(filesOf)},
      to: {},
    },
    ...Object.keys(rooms).map(folder => ({
      name: `${folder.replace('source/', '')} imports only what build/rooms.json allows`,
      severity: 'error',
      from: {path: filesOf(folder)},
      to: {
        path: '^(source|themes|cli)',
        pathNot: [`^${folder.split('/').slice(0, 2).join('/')}/`, ...mayImport(folder).map(within)],
      },
    })),
    ...crowded().map(folder => ({
      name: `${folder} has more than ${MOST_FILES} files`,
      comment: 'Give a part of them a folder of its own, named for what it owns.',
      severity: 'error',
      from: {path: `^${folder}/[^/]+$`},
      to: {},
    })),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: {path: within('core')},
      to: {pathNot: within('core')},
    },
    {
      name: 'model-decides-nothing',
      severity: 'error',
      from: {path: within('core/model')},
      to: {pathNot: within('core/model')},
    },
    {
      name: 'format-is-pure',
      severity: 'error',
      from: {path: within('format')},
      to: {dependencyTypes: ['core']},
    },
    {
      name: 'touching-only-in-io',
      severity: 'error',
      from: {path: '^(source|cli|themes)', pathNot: '^source/(io|demo)/'},
      to: {path: touching},
    },
    {
      name: 'ink-only-in-ui',
      severity: 'error',
      from: {path: '^(source|cli)', pathNot: '^source/ui/'},
      to: {path: 'node_modules/(ink|react)/'},
    },
    {
      name: 'cli-imports-only-commands-and-the-terminal',
      severity: 'error',
      from: {path: '^cli\\.tsx$'},
      to: {path: '^source', pathNot: '^source/(cli/|commands/|io/terminal\\.ts$)'},
    },
    {
      name: 'headless-commands-never-reach-ink',
      severity: 'error',
      from: {
        path: '^source/commands/([^/]+\\.ts|[^/]+/command\\.ts)$',
        pathNot: '^source/commands/(watch\\.ts|demo/)',
      },
      to: {path: 'node_modules/(ink|react)/', reachable: true},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default'],
    },
  },
};
