/** A fault that the demo can cause in its own service, and the key for it. */
export interface DemoFault {
  readonly key: string;
  readonly label: string;
  run(): void;
}
