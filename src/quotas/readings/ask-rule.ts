import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { leaving } from '../../reader/means';
import type { Reading } from '../../reader/reading';

export interface AskRuleReading extends Reading {
  intent: 'ask_rule';
  /** What it is asked about: 打电话, 联络员, 召集人的职责; the line itself where nothing else can be taken out. */
  topic: string;
}

function topicOf({ body, document }: Asked): string {
  const whatCounts = /(?:什么|啥|怎么?样?|怎样|哪些|如何)(?:才|就)?(?:能)?算(?:是|作|得上)?(?:一[次个条场])?([^,。?]{1,12})/.exec(
    body,
  )?.[1];
  const topic = whatCounts ?? leaving(body, document, 'rule_asked_so', '');
  return topic.replace(/[吗么呢啊呀?。! ]+$/, '').trim() || body;
}

/** What counts, what is required, who is in charge of what. */
export const askRule = intent<AskRuleReading>('ask_rule', {
  words: ['规则', '制度', '规定', '怎么算', '职责', 'guize'],
  read: (asked) => ({ intent: 'ask_rule', topic: topicOf(asked) }),
});
