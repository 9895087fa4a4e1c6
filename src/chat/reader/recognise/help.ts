import type { Signs } from '../signs';
import type { Rule } from './rule';

const asking =
  /(?:怎么|咋|如何|怎样)(?:使?用|记|填|报名?|弄|操作|玩|整|录|搞|补|请假|取消|导出|查|写|改|撤|使|发|说|登记|建)(?!的)|咋用|怎么个用法|使用说明|使用方法|使用帮助|用法|教教我|教我|你能(?:干|做)(?:什么|啥|些)|有(?:什么|啥|哪些)(?:功能|用|指令|命令)|格式[^,。]{0,6}(?:什么|啥|怎么|咋|怎样|发|给|看)|(?:什么|啥|哪种)格式|(?:这样|这么|这种)(?:写|发|记|填|报)[^,。]{0,4}(?:对|行|可以|好)[^,。]{0,2}[吗么?]|能帮我?(?:干|做)(?:什么|啥)|(?<![他她机们])不会(?:用|弄|操作)|^帮助|^help|怎么开始|教一?下|教程|命令有|指令|操作手册|说明书|你(?:都|还)?(?:会|能)(?:干|做)?[点些]?(?:什么|啥)|能(?:干|做)[点些]?(?:啥|什么|嘛)|干嘛用|干啥的|做什么的|看不懂/i;

/** The sender asks how something is done, or what the bot can do; 上条怎么记成12了，应该是21 is no such question. */
export const asksHow = ({ body, contact }: Signs): boolean => asking.test(body) && !contact && !/应该?是|不是|[记写]成/.test(body);

/** How the bot is used. */
export const helps: readonly Rule[] = [['help', asksHow]];
