/** A fault of the demo service, and its key. */
export interface DemoFault {
  readonly key: string;
  readonly label: string;
  run(): void;
}
