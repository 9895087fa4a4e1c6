import type { ShownCard } from '../card';
import type { ShownMessage } from '../chat-log';

/** A message as the client shows it. */
export interface Shown {
  format: 'text' | 'markdown';
  text: string;
  /** Of an ActionCard; '' for others. */
  title: string;
  buttons: { title: string; url: string }[];
}

/** As it stands on the screen: a button's key is its address. */
export function bubbleOf({ text, format, title, buttons }: Shown): Pick<ShownMessage, 'text' | 'format' | 'card'> {
  if (buttons.length === 0) return { text, format };
  const card: ShownCard = {
    owner: 'bot',
    taskId: '',
    title,
    buttons: buttons.map((each) => ({ label: each.title, key: each.url, style: 1 })),
  };
  return { text, format, card };
}

/** Why a form is refused: the platform's names for it in its two families. */
type Refusal = { refused: 'kind' | 'empty' | 'parameter' };

type Fields = Record<string, unknown>;

const objectIn = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textIn = (fields: Fields, name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');

/** Line breaks of DingTalk's markdown are written '  \n  '. */
const lines = (markdown: string): string => markdown.replaceAll('  \n  ', '\n');

const shown = (format: Shown['format'], text: string, title = '', buttons: Shown['buttons'] = []): Shown | Refusal =>
  text.trim() === '' ? { refused: 'empty' } : { format, text: format === 'markdown' ? lines(text) : text, title, buttons };

/** The form of webhooks, sessions and HTTP answers. */
export function readWebhookForm(body: Fields): Shown | Refusal {
  const inner = objectIn(body[textIn(body, 'msgtype')]);
  switch (body['msgtype']) {
    case 'text':
      return shown('text', textIn(inner, 'content'));
    case 'markdown':
      return textIn(inner, 'title') === '' ? { refused: 'parameter' } : shown('markdown', textIn(inner, 'text'));
    case 'actionCard':
      return readCard(inner);
    case 'link':
      return readLink(inner, 'messageUrl');
    default:
      return { refused: 'kind' };
  }
}

/** Shown as a card with one button, its address. */
function readLink(link: Fields, address: string): Shown | Refusal {
  const [title, url] = [textIn(link, 'title'), textIn(link, address)];
  return title === '' || url === '' ? { refused: 'parameter' } : shown('text', textIn(link, 'text'), title, [{ title, url }]);
}

function readCard(card: Fields): Shown | Refusal {
  if (textIn(card, 'title') === '') return { refused: 'parameter' };
  const single = textIn(card, 'singleTitle');
  const listed = Array.isArray(card['btns']) ? card['btns'].map((each) => button(objectIn(each), 'title', 'actionURL')) : [];
  const buttons = single === '' ? listed : [{ title: single, url: textIn(card, 'singleURL') }];
  const whole = buttons.length > 0 && buttons.every(({ title, url }) => title !== '' && url !== '');
  return whole ? shown('markdown', textIn(card, 'text'), textIn(card, 'title'), buttons) : { refused: 'parameter' };
}

/** The form of the robot's own sends: a template's name and its parameters, which are all strings. */
export function readRobotForm(msgKey: string, parameters: Fields): Shown | Refusal {
  if (Object.values(parameters).some((value) => typeof value !== 'string')) return { refused: 'parameter' };
  if (msgKey === 'sampleText') return shown('text', textIn(parameters, 'content'));
  if (msgKey === 'sampleMarkdown') return shown('markdown', textIn(parameters, 'text'));
  if (msgKey === 'sampleLink') return readLink(parameters, 'messageUrl');
  const [, digit] = /^sampleActionCard([2-5]?)$/.exec(msgKey) ?? [];
  if (digit === undefined) return { refused: 'kind' };
  const names =
    digit === ''
      ? [['singleTitle', 'singleURL']]
      : Array.from({ length: Number(digit) }, (_, at) => [`actionTitle${at + 1}`, `actionURL${at + 1}`]);
  const buttons = names.map(([title = '', url = '']) => button(parameters, title, url));
  const whole = textIn(parameters, 'title') !== '' && buttons.every(({ title, url }) => title !== '' && url !== '');
  return whole ? shown('markdown', textIn(parameters, 'text'), textIn(parameters, 'title'), buttons) : { refused: 'parameter' };
}

const button = (fields: Fields, title: string, url: string): Shown['buttons'][number] => ({
  title: textIn(fields, title),
  url: textIn(fields, url),
});
