import type {Catalogue} from '../../core/say.ts';

export const zh: Catalogue = {
  "--on-hangup '{}' is not allowed; wanted is detach (watch on without a screen) or exit, e.g. --on-hangup detach{}": "--on-hangup 不接受 '{}'；可用的值是 detach（不带界面继续监控）或 exit，例如 --on-hangup detach{}",
  'if the terminal goes away: goes on without a screen': '终端断开时：不带界面继续运行',
  'if the terminal goes away: ends too': '终端断开时：一并结束',
  'the terminal went away: goes on without a screen, as process {}': '终端已断开：不带界面继续运行，进程号 {}',
  'the fix of {} is under way': '正在修复 {}',
  'an exit code that nobody saw': '无人看到的退出码',
};
