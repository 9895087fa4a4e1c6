import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';

export interface AskRuleReading extends Reading {
  intent: 'ask_rule';
  /** What it is asked about: 打电话, 联络员, 召集人的职责; the line itself where nothing else can be taken out. */
  topic: string;
}

const around =
  /^(?:请问|问一?下|想问一?下|那|我想知道|麻烦问下)+|(?:到底|究竟|现在|我们?的?|咱们?的?|是不是)+(?=是?谁|算)|(?:能不能|算不算|能算|可以算|也算|算|是)?(?:谁|什么|啥|多少|几次|哪个|哪位)?(?:数|次数|指标|任务|完成)?[吗么呢啊呀]*[?。! ]*$/g;

function topicOf({ body }: Asked): string {
  const whatCounts = /(?:什么|啥|怎么?样?|怎样|哪些|如何)(?:才|就)?(?:能)?算(?:是|作|得上)?(?:一[次个条场])?([^,。?]{1,12})/.exec(
    body,
  )?.[1];
  const topic = whatCounts ?? body.replace(around, '');
  return topic.replace(/[吗么呢啊呀?。! ]+$/, '').trim() || body;
}

/** What counts, what is required, who is in charge of what. */
export const askRule = intent<AskRuleReading>('ask_rule', {
  words: ['规则', '制度', '规定', '怎么算', '职责', 'guize'],
  read: (asked) => ({ intent: 'ask_rule', topic: topicOf(asked) }),
});
