import { smallTalkTexts as texts } from './texts';

const mention = /[@＠][^\s,，:：]+/gu;
/** Pictures alone, as characters or as WeCom and DingTalk write theirs: 👍, [强]. */
const pictures = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\[[^\]]{1,6}\])+$/u;

/** The answer to what people say to be polite; null for everything else. */
export function smallTalk(text: string): string | null {
  const said = text.replace(mention, ' ').trim();
  if (pictures.test(said.replace(/\s/g, ''))) return texts.picture;
  const bare = said.replace(/[\s,，。.!！~～?？]+/g, '');
  return texts.answers.find(([pattern]) => pattern.test(bare))?.[1] ?? null;
}
