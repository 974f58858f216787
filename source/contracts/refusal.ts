/** Options that a kind refuses, and what its message says then: a part of it, in English. */
export interface Refusal {
  readonly given: unknown;
  readonly says: string;
}
