/** Who may import whom: the rooms of docs/guide.md. */
const room = name =>
  name === 'cli' ? '^cli\\.tsx$' : name === 'themes' ? '^themes/' : `^source/${name}/`;

/** A room and the rooms it may import beside itself. */
const rooms = {
  'core': [],
  'contracts': ['core'],
  'format': ['core'],
  'io': ['core', 'format', 'contracts'],
  'probes': ['contracts', 'core', 'format', 'io'],
  'fixes': ['contracts', 'core', 'format', 'io'],
  'config': ['contracts', 'core', 'format', 'io'],
  'control': ['contracts', 'core', 'format', 'io'],
  'service-files': ['contracts', 'core', 'format'],
  'doctor': ['contracts', 'core', 'format', 'io', 'config'],
  'languages': ['core'],
  'runtime': ['contracts', 'core', 'format'],
  'ui': ['contracts', 'core', 'format'],
  'demo': [],
  'themes': ['contracts'],
};

/** Node's own modules that touch sockets, files or processes. */
const touching =
  '^(node:)?(fs|net|http|https|http2|dgram|tls|dns|child_process|cluster|worker_threads)(/|$)';

module.exports = {
  forbidden: [
    {name: 'no-cycles', severity: 'error', from: {}, to: {circular: true}},
    {
      name: 'no-unknown-imports',
      severity: 'error',
      from: {},
      to: {couldNotResolve: true, pathNot: '^agent2:'},
    },
    ...Object.entries(rooms).map(([name, allowed]) => ({
      name: `${name}-imports-only-${['itself', ...allowed].join('-')}`,
      severity: 'error',
      from: {path: room(name)},
      to: {path: '^(source|themes|cli)', pathNot: [name, ...allowed].map(room)},
    })),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: {path: room('core')},
      to: {pathNot: room('core')},
    },
    {
      name: 'format-is-pure',
      severity: 'error',
      from: {path: room('format')},
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
      name: 'cli-imports-only-commands',
      severity: 'error',
      from: {path: room('cli')},
      to: {path: '^source', pathNot: '^source/commands/'},
    },
    {
      name: 'headless-commands-never-reach-ink',
      severity: 'error',
      from: {path: '^source/commands/[^/]+\\.ts$', pathNot: '^source/commands/(watch|demo)\\.ts$'},
      to: {path: 'node_modules/(ink|react)/', reachable: true},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: false,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default'],
    },
  },
};
