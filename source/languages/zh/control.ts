import type {Catalogue} from '../../core/say.ts';

export const zh: Catalogue = {};
