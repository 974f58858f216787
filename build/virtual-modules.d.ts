declare module 'agent2:themes' {
  export const all: Readonly<Record<string, import('../source/contracts/theme.ts').Theme>>;
}
declare module 'agent2:version' {
  export const version: string;
}
declare module 'agent2:ink-table' {
  import type {Component, ComponentType, ReactNode} from 'react';

  type Row = Readonly<Record<string, string>>;
  interface TableProps {
    readonly data: readonly Row[];
    readonly columns?: readonly string[];
    readonly padding?: number;
    readonly header?: ComponentType<{readonly children: ReactNode; readonly column?: number}>;
    readonly cell?: ComponentType<{readonly children: ReactNode; readonly column: number}>;
    readonly skeleton?: ComponentType<{readonly children: ReactNode}>;
  }
  export class Table extends Component<TableProps> {
    header: (props: unknown) => ReactNode;
    heading: (props: unknown) => ReactNode;
    separator: (props: unknown) => ReactNode;
    data: (props: unknown) => ReactNode;
    footer: (props: unknown) => ReactNode;
  }
}
declare module 'agent2:fixes' {
  export const all: Readonly<Record<string, import('../source/contracts/fix.ts').FixDefinition>>;
}
declare module 'agent2:commands' {
  export const load: Readonly<
    Record<string, () => Promise<import('../source/contracts/command.ts').CommandDefinition>>
  >;
}
declare module 'agent2:alerts' {
  export const load: Readonly<
    Record<string, () => Promise<import('../source/contracts/alert.ts').AlertDefinition>>
  >;
}
declare module 'agent2:probes' {
  export const load: Readonly<
    Record<string, () => Promise<import('../source/contracts/probe.ts').ProbeDefinition>>
  >;
}
declare module 'agent2:service-files' {
  export const load: Readonly<
    Record<
      string,
      () => Promise<import('../source/contracts/service-file.ts').ServiceFileDefinition>
    >
  >;
}

declare module 'agent2:doctor' {
  export const load: Readonly<
    Record<string, () => Promise<import('../source/doctor/shared/scene.ts').Examination>>
  >;
}
declare module 'agent2:screens' {
  export const all: Readonly<
    Record<string, import('../source/ui/screens/screen.ts').ScreenDefinition>
  >;
}
