import type {Catalogue} from '../../core/say.ts';

export const zh: Catalogue = {
  "--lang '{}' is not spoken here; wanted is one of {}{}": "不支持 --lang '{}'；可选：{}{}",
  'prints what a shell needs to complete the words of agent2': '输出 shell 补全 agent2 命令所需的脚本',
  'wanted is one shell, e.g. agent2 completion bash': '需要一个 shell 名称，例如 agent2 completion bash',
  'Use it in this shell, or put the line into its start file:': '在当前 shell 中使用，或将该行写入其启动文件：',
  'completion needs the name of a shell': 'completion 需要一个 shell 名称',
  "there is no completion for '{}'": "没有适用于 '{}' 的补全",
  '{}; wanted is {}, e.g. agent2 completion bash{}': '{}；可选：{}，例如 agent2 completion bash{}',
};
