/** Options that a kind refuses, and a part of the English message that it gives. The contract tests check both. */
export interface Refusal {
  readonly given: unknown;
  readonly says: string;
}
