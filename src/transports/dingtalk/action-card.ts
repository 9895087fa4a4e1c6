import type { Card } from '../../delivery/card';
import { bytesInJson, cleaned, cutToBytes } from '../bytes';
import { markdownText, plainText } from './plain-text';

/** Words and, perhaps, buttons. */
export interface Words {
  text: string;
  card?: Card;
}

/** Where buttons are shown (setting DINGTALK_CARD_BUTTONS). */
export type CardButtons = 'private' | 'everywhere' | 'none';

export interface ActionCard {
  title: string;
  text: string;
  buttons: { title: string; url: string }[];
}

/** Of the templates of the robot. */
const mostButtons = 5;
const mostTitle = 36;
const mostLabel = 10;
const mostSaid = 60;
/** Keys, quotes and what stands around the words in any of the forms. */
export const frame = 400;

/** True where pressing a button is known to reach the robot, or the operator has tried it. */
export const showsButtons = (setting: CardButtons, chat: 'group' | 'private'): boolean =>
  setting === 'everywhere' || (setting === 'private' && chat === 'private');

/** Pressing it makes the presser say the line in that chat. */
const sayingLink = (line: string): string => `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(line)}`;

/** The card in DingTalk's markdown, at most `mostBytes` of JSON; null when there are no buttons to show. */
export function actionCard({ text, card }: Words, mostBytes: number): ActionCard | null {
  if (!card || card.buttons.length === 0) return null;
  const title = plainText(clip(card.title, mostTitle));
  const buttons = card.buttons.slice(0, mostButtons).map(({ label, says }) => ({
    title: plainText(clip(label, mostLabel)),
    url: sayingLink(clip(cleaned(says), mostSaid)),
  }));
  const rest = frame + Buffer.byteLength(JSON.stringify({ title, buttons }));
  return { title, text: cutToBytes(markdownText(text), mostBytes - rest, bytesInJson), buttons };
}

// By code points: half a surrogate pair cannot be put into an address.
const clip = (text: string, most: number): string => Array.from(cleaned(text)).slice(0, most).join('');
