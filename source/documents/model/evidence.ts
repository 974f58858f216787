import type {Evidence, FoundCause} from '../../core/model/evidence.ts';
import {list, objectOf, string, time, words} from '../shape.ts';
import {text} from './text.ts';

const fact = objectOf<Evidence['facts'][number]>({label: string, text});

export const evidence = objectOf<Evidence>({
  at: time,
  facts: list(fact),
  texts: list(objectOf<Evidence['texts'][number]>({label: string, text: string})),
  found: list(words<FoundCause>({disk_full: true, out_of_fds: true, out_of_memory: true})),
});
