/** Options that a kind refuses, and a part of its English message. */
export interface Refusal {
  readonly given: unknown;
  readonly says: string;
}
