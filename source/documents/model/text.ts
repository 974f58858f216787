import {string} from '../shape.ts';

/** A text for people. */
export const text = string;
