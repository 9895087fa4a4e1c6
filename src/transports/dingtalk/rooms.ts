import type { Card } from '../../delivery/card';
import type { Room } from '../parts';
import { actionCard, frame } from './action-card';
import type { DingtalkOptions } from './options';
import { mostBytes, plainText } from './plain-text';

/** How many messages a long text may become: each is a call of the month's plan. */
const mostParts = 3;

const bytesOf = (form: unknown): number => Buffer.byteLength(JSON.stringify(form));
const whole = Number.POSITIVE_INFINITY;

/** What one message takes, as words and, where buttons may be shown, as a card too: the forms differ in what they escape. */
export function roomOf({ buttons, cutShort }: Pick<DingtalkOptions, 'buttons' | 'cutShort'>, card?: Card): Room {
  const fits = (text: string): boolean => {
    const shown = card && buttons !== 'none' ? actionCard({ text, card }, whole) : null;
    return bytesOf({ content: plainText(text, whole) }) <= mostBytes && (!shown || bytesOf(shown) + frame <= mostBytes);
  };
  return { fits, parts: mostParts, cutShort };
}

/** Of a work notification. */
export const notificationRoom = (bytes: number, cutShort: string): Room => ({
  fits: (text) => bytesOf(plainText(text, whole)) <= bytes,
  parts: 1,
  cutShort,
});
