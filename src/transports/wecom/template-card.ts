import { z } from 'zod';
import type { Button, Card } from '../../delivery/card';
import { digest } from '../../foundation/ids';
import { cutToBytes } from '../bytes';

/** Of the two pages' recommended lengths the smaller, for Chinese characters of 3 bytes. */
const limits = { title: 26 * 3, text: 112 * 3, label: 10 * 3, key: 1_024 } as const;
/** What the app's page recommends for the text of a card. */
export const appCardCharacters = 160;
const mostButtons = 6;

/** The card type of the platform for a few buttons under a sentence. */
export interface TemplateCard {
  card_type: 'button_interaction';
  main_title: { title: string };
  sub_title_text?: string;
  button_list: { text: string; style: number; key: string }[];
  task_id: string;
}

/** A pressed button, and the card it stands on. */
export interface Pressed {
  says: string;
  card: Card;
}

/** Unique for ever per event or message, and the same when that is told again. */
export const taskIdOf = (what: string, id: string): string => `${what}-${digest(id)}`;

/**
 * Our card as the platform's. `text` stands above the buttons, whole in `textBytes` bytes or cut; without it the card only holds
 * the buttons. Null when there is nothing to press or to read.
 */
export function templateCard(card: Card, taskId: string, text?: { words: string; mostBytes?: number }): TemplateCard | null {
  const title = cutToBytes(card.title, limits.title);
  const buttons = card.buttons.slice(0, mostButtons);
  const list = buttons.flatMap((button, at) => {
    const key = keyOf({ ...card, buttons }, at);
    return key === null ? [] : [{ text: cutToBytes(button.label, limits.label), style: at === 0 ? 1 : 2, key }];
  });
  if (title.trim() === '' || list.length === 0) return null;
  return {
    card_type: 'button_interaction',
    main_title: { title },
    ...(text ? { sub_title_text: cutToBytes(text.words, text.mostBytes ?? limits.text) } : {}),
    button_list: list,
    task_id: taskId,
  };
}

const carried = z.tuple([
  z.string().min(1).max(200),
  z
    .array(z.tuple([z.string().min(1).max(100), z.string().min(1).max(500)]))
    .min(1)
    .max(mostButtons),
  z.number().int().min(0),
]);

// The key carries the card: nothing needs to be kept to answer a press, today or in a year, in any process.
function keyOf({ title, buttons }: Card, at: number): string | null {
  const written = (these: readonly Button[], which: number): string =>
    Buffer.from(JSON.stringify([title, these.map(({ label, says }) => [label, says]), which])).toString('base64url');
  const pressed = buttons[at];
  const candidates = [written(buttons, at), ...(pressed ? [written([pressed], 0)] : [])];
  return candidates.find((key) => key.length <= limits.key) ?? null;
}

/** What a button says, from the key that came back with the press; null for a key that is not ours. */
export function pressedButton(key: string): Pressed | null {
  if (key.length > limits.key || !/^[\w-]+$/.test(key)) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(key, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const read = carried.safeParse(value);
  const says = read.success ? read.data[1][read.data[2]]?.[1] : undefined;
  if (!read.success || says === undefined) return null;
  const [title, buttons] = read.data;
  return { says, card: { title, buttons: buttons.map(([label, words]) => ({ label, says: words })) } };
}

/** The card after a press: the answer in it, and the answer's own buttons or those it had, so that one can go on. */
export const answeredCard = (pressed: Card, said: { text: string; card?: Card }, taskId: string): TemplateCard | null =>
  templateCard(said.card ?? pressed, taskId, { words: said.text });
