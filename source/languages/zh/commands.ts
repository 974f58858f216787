import type {Catalogue} from '../../core/say.ts';

export const zh: Catalogue = {
  "--lang '{}' is not spoken here; wanted is one of {}{}": "不支持 --lang '{}'；可选：{}{}",
};
