import { type ActionCard, actionCard, type Words } from './action-card';
import { mostBytes, plainText } from './plain-text';

/**
 * Words in the form of the webhooks and of the HTTP response: text, or an ActionCard where `buttons` are
 * shown.
 */
export function webhookForm(words: Words, buttons: boolean): Record<string, unknown> {
  const card = buttons ? actionCard(words, mostBytes) : null;
  return card ? { msgtype: 'actionCard', actionCard: cardForm(card) } : { msgtype: 'text', text: { content: plainText(words.text) } };
}

function cardForm({ title, text, buttons }: ActionCard): Record<string, unknown> {
  const [only, ...others] = buttons;
  if (only && others.length === 0) return { title, text, singleTitle: only.title, singleURL: only.url };
  return { title, text, btnOrientation: '0', btns: buttons.map((each) => ({ title: each.title, actionURL: each.url })) };
}

/** Words in the form of the robot's own sends: the kind, and its parameters as JSON in a string. */
export function robotForm(words: Words, buttons: boolean): { msgKey: string; msgParam: string } {
  const card = buttons ? actionCard(words, mostBytes) : null;
  if (!card) return { msgKey: 'sampleText', msgParam: JSON.stringify({ content: plainText(words.text) }) };
  const { title, text } = card;
  const [only, ...others] = card.buttons;
  if (only && others.length === 0) {
    return { msgKey: 'sampleActionCard', msgParam: JSON.stringify({ title, text, singleTitle: only.title, singleURL: only.url }) };
  }
  const numbered = card.buttons.flatMap((button, at) => [
    [`actionTitle${at + 1}`, button.title],
    [`actionURL${at + 1}`, button.url],
  ]);
  const msgParam = JSON.stringify({ title, text, ...(Object.fromEntries(numbered) as Record<string, string>) });
  return { msgKey: `sampleActionCard${card.buttons.length}`, msgParam };
}
